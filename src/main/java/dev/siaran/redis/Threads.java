package dev.siaran.redis;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes the threads of a broker, and waits for their end: daemons named {@code siaran-redis-<node>-<role>}.
 *
 * <p>Safe for use by many threads.
 */
final class Threads {

    private final String prefix;
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    Threads(String node) {
        this.prefix = "siaran-redis-" + node + '-';
    }

    ThreadFactory factory(String role) {
        return work -> {
            var thread = new Thread(work, prefix + role);
            thread.setDaemon(true);
            made.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
            made.add(thread);
            return thread;
        };
    }

    /** A timer with a thread of its own. */
    Timer timer(String role) {
        return new Timer(factory(role));
    }

    /** Waits until all have ended, but no longer than this. */
    void join(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Thread thread : List.copyOf(made)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left > 0 && thread != Thread.currentThread()) {
                thread.join(left);
            }
        }
    }
}
