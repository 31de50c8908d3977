package dev.siaran.internal.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The writes that may wait for slow clients, where a container or a Jakarta REST runtime makes its writers wait. A thread looks
 * after them, as long as there are any: it sees to it that those that wait hold up no others, and that those that are broken off
 * return.
 *
 * <p>Safe for use by many threads.
 */
final class BlockingWriters {

    /** From then on a write counts as one that waits. */
    private static final Duration PATIENCE = Duration.ofMillis(5);

    /** A container may overlook that a write is to be broken off, if it is busy with another one. */
    private static final Duration BREAK_AGAIN = Duration.ofMillis(100);

    /** How long writes have to end by themselves once the application stops, and then again once they are broken off. */
    private static final Duration CLOSE_WITHIN = Duration.ofMillis(500);

    /** What may wait for a client. Run once for each time that it is handed over. */
    @FunctionalInterface
    interface Write extends Runnable {

        /** Makes the write return that is under way, if its connection has been abandoned. Called again and again. */
        default void breakOffAgain() {}

        /** Ends the connection, and makes the write return: the application ends. */
        default void abandon() {}
    }

    private final WriterThreads threads = WriterThreads.ofRuntime("siaran-writer-");
    private final Thread watch =
            VirtualThreads.platformThreads("siaran-writers-").newThread(this::watch);

    // Any thread
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile boolean parked;
    private volatile boolean closed;
    private volatile boolean ended;

    /**
     * Runs a write on a thread that may wait.
     *
     * @throws RejectedExecutionException once this is closed
     */
    void execute(Write write) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        var task = new Task(write);
        tasks.add(task);
        threads.execute(task);
        if (!watching.getAndSet(true)) {
            watch.start();
        } else if (parked) {
            LockSupport.unpark(watch);
        }
    }

    private void watch() {
        long lastBreak = System.nanoTime();
        while (!ended) {
            if (tasks.isEmpty()) {
                park();
                continue;
            }
            LockSupport.parkNanos(this, PATIENCE.toNanos());
            threads.waiting(countWaiting());
            if (System.nanoTime() - lastBreak > BREAK_AGAIN.toNanos()) {
                lastBreak = System.nanoTime();
                tasks.forEach(task -> task.write.breakOffAgain());
            }
        }
    }

    private void park() {
        parked = true;
        if (tasks.isEmpty() && !ended) {
            LockSupport.park(this);
        }
        parked = false;
    }

    private int countWaiting() {
        long before = System.nanoTime() - PATIENCE.toNanos();
        int waiting = 0;
        for (Task task : tasks) {
            if (task.running && task.begun - before < 0) {
                waiting++;
            }
        }
        return waiting;
    }

    /** Waits a moment for the writes under way, breaks off those that still wait for their clients, and ends the threads. */
    void close() {
        closed = true;
        if (!isNoneWithin(CLOSE_WITHIN)) {
            tasks.forEach(task -> task.write.abandon());
            isNoneWithin(CLOSE_WITHIN);
        }
        threads.close();
        ended = true;
        LockSupport.unpark(watch);
    }

    private boolean isNoneWithin(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!tasks.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, PATIENCE.toNanos());
        }
        return tasks.isEmpty();
    }

    /** One run of a write; an outlet may be given its next one before this one has gone. */
    private final class Task implements Runnable {

        private final Write write;
        private long begun;
        private volatile boolean running;

        Task(Write write) {
            this.write = write;
        }

        @Override
        public void run() {
            begun = System.nanoTime();
            running = true;
            try {
                write.run();
            } finally {
                tasks.remove(this);
            }
        }
    }
}
