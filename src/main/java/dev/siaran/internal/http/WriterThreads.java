package dev.siaran.internal.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/** Threads for tasks that may wait for long, each for something else. Safe for use by many threads. */
interface WriterThreads extends Executor {

    /** Before this one a virtual thread that waits in a {@code synchronized} block, as containers do, keeps its carrier. */
    int VIRTUAL_SINCE = 24;

    /**
     * Runs a task soon, whatever the others wait for.
     *
     * @throws RejectedExecutionException once this is closed
     */
    @Override
    void execute(Runnable task);

    /** So many of the tasks keep a thread waiting now. */
    void waiting(int tasks);

    /** Ends each thread once it has done what was handed over before. */
    void close();

    /** Virtual threads where waiting costs the runtime nothing, else a {@link WriterPool}. */
    static WriterThreads ofRuntime(String prefix) {
        return Runtime.version().feature() < VIRTUAL_SINCE ? new WriterPool(prefix) : new Virtual(prefix);
    }

    /** A virtual thread for each task. */
    final class Virtual implements WriterThreads {

        private final ThreadFactory threads;

        Virtual(String prefix) {
            threads = VirtualThreads.orPlatformThreads(prefix);
        }

        @Override
        public void execute(Runnable task) {
            threads.newThread(task).start();
        }

        @Override
        public void waiting(int tasks) {
            // There is always one more
        }

        @Override
        public void close() {
            // Each ends with its task
        }
    }
}
