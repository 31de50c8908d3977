package dev.siaran.internal.broker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of a broker, and waits for their end: daemons named {@code siaran-<broker>-<node>-<role>}.
 *
 * <p>Safe for use by many threads.
 */
public final class Threads {

    private final String prefix;
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    public Threads(String broker, String node) {
        this.prefix = "siaran-" + broker + '-' + node + '-';
    }

    public ThreadFactory factory(String role) {
        return work -> {
            var thread = new Thread(work, prefix + role);
            thread.setDaemon(true);
            made.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
            made.add(thread);
            return thread;
        };
    }

    /** A timer with a thread of its own. */
    public Timer timer(String role) {
        return new Timer(factory(role));
    }

    /** Waits until all have ended, those too that others make at their end; but no longer than this. */
    public void join(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Thread thread = anyAlive(); thread != null; thread = anyAlive()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            thread.join(left);
        }
    }

    private @Nullable Thread anyAlive() {
        return made.stream()
                .filter(thread -> thread.isAlive() && thread != Thread.currentThread())
                .findAny()
                .orElse(null);
    }
}
