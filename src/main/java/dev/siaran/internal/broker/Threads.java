package dev.siaran.internal.broker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

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

    /** Waits until all have ended, but no longer than this. */
    public void join(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Thread thread : List.copyOf(made)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left > 0 && thread != Thread.currentThread()) {
                thread.join(left);
            }
        }
    }
}
