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
        while (true) {
            Set<Thread> known = Set.copyOf(made);
            Thread thread = anyOf(known);
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            boolean all = thread == null && known.containsAll(made); // none is left that could make another
            if (all || left <= 0) {
                return;
            }
            if (thread != null) {
                await(thread, left);
            }
        }
    }

    private static @Nullable Thread anyOf(Set<Thread> threads) {
        return threads.stream()
                .filter(thread -> thread.getState() != Thread.State.TERMINATED && thread != Thread.currentThread())
                .findAny()
                .orElse(null);
    }

    private static void await(Thread thread, long millis) throws InterruptedException {
        if (thread.getState() == Thread.State.NEW) { // its maker starts it any moment
            Thread.sleep(1);
        } else {
            thread.join(millis);
        }
    }
}
