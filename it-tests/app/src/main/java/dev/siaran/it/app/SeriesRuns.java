package dev.siaran.it.app;

import dev.siaran.SsePublishException;
import dev.siaran.SseQueue;
import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * The series that this node publishes, each from one thread.
 *
 * <p>Safe for use by many threads.
 */
@ApplicationScoped
public class SeriesRuns {

    private static final class Run {
        private final Series series;
        private final AtomicLong published = new AtomicLong();
        private final AtomicLong accepted = new AtomicLong();
        private final AtomicLong refused = new AtomicLong();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean stopped;

        Run(Series series) {
            this.series = series;
        }

        void publish(LongConsumer publisher) {
            long begin = System.nanoTime();
            try {
                for (long i = 0; i < series.count() && !stopped; i++) {
                    long wait;
                    while ((wait = begin + series.dueNanos(i) - System.nanoTime()) > 0 && !stopped) {
                        LockSupport.parkNanos(Math.min(wait, 50_000_000));
                    }
                    published.incrementAndGet();
                    publisher.accept(i);
                }
            } finally {
                ended.countDown();
            }
        }

        @Override
        public String toString() {
            return published + " " + accepted + " " + refused;
        }
    }

    @Inject
    Background background;

    @Inject
    SseQueue queue;

    @Inject
    Event<SseQueueEvent> events;

    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    /** Begins one; the last of its name is forgotten. */
    public void start(Series series) {
        var run = new Run(series);
        runs.put(series.name(), run);
        LongConsumer publisher = series.fire() ? index -> fire(run, index) : index -> publish(run, index);
        background.run(() -> run.publish(publisher));
    }

    private void publish(Run run, long index) {
        queue.publish(run.series.event(index)).whenComplete((id, failure) -> {
            (failure == null ? run.accepted : run.refused).incrementAndGet();
        });
    }

    /** Who fires is told at once that too much waits, and tries again: how fast a machine is decides how often. */
    private void fire(Run run, long index) {
        while (!isFired(run, index)) {
            if (run.stopped) {
                run.refused.incrementAndGet();
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
        run.accepted.incrementAndGet();
    }

    private boolean isFired(Run run, long index) {
        try {
            events.fire(run.series.event(index));
            return true;
        } catch (SsePublishException e) {
            return false;
        }
    }

    /** Ends one, waits for its thread, and answers {@code published accepted refused}. */
    public String stop(String name) throws InterruptedException {
        Run run = runs.get(name);
        run.stopped = true;
        run.ended.await();
        return run.toString();
    }

    /** How far one is: {@code published accepted refused}. */
    public String progress(String name) {
        return runs.get(name).toString();
    }
}
