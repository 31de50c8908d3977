package dev.siaran.redis;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read history, as many as the pool has connections to spare. They end when idle.
 *
 * <p>Safe for use by many threads.
 */
final class Readers implements AutoCloseable {

    /** Work, and what to do if it will never begin, so that who waits for it still gets an answer. */
    private record Task(Runnable work, Runnable refusal) implements Runnable {

        @Override
        public void run() {
            work.run();
        }
    }

    private final ThreadPoolExecutor executor;

    Readers(int threads, ThreadFactory factory) {
        this.executor =
                new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        executor.allowCoreThreadTimeOut(true);
    }

    void execute(Runnable work, Runnable refusal) {
        try {
            executor.execute(new Task(work, refusal));
        } catch (RejectedExecutionException e) {
            refusal.run();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow().forEach(task -> ((Task) task).refusal().run());
    }
}
