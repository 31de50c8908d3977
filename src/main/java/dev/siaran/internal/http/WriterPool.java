package dev.siaran.internal.http;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * As many threads as there are cores share the tasks, and more while some of these wait. A thread for each task would cost a switch of
 * threads for each, and as many threads as there are clients.
 */
final class WriterPool implements WriterThreads {

    /** The most threads; past them a task waits for another one's end. */
    private static final int MOST = 1000;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ThreadPoolExecutor pool;

    WriterPool(String prefix) {
        pool = new ThreadPoolExecutor(
                cores,
                MOST,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                VirtualThreads.platformThreads(prefix));
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    @Override
    public void waiting(int tasks) {
        // Twice as many: of those that are queued, as many may have to wait as well
        int size = Math.min(cores + 2 * tasks, MOST);
        if (size != pool.getCorePoolSize()) {
            pool.setCorePoolSize(size);
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
