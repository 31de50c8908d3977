package dev.siaran.internal.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that wait for slow clients where a container makes its writers wait: virtual ones where the runtime has them, else
 * as many as there are clients being written, up to a bound.
 */
final class BlockingWriters implements Executor {

    private static final int MOST = 1000;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ThreadPoolExecutor pool;

    BlockingWriters() {
        ThreadFactory threads = VirtualThreads.factory("siaran-writer-").orElseGet(BlockingWriters::platformThreads);
        pool = new ThreadPoolExecutor(
                0, MOST, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), threads);
    }

    private static ThreadFactory platformThreads() {
        var number = new AtomicLong();
        return task -> {
            var thread = new Thread(task, "siaran-writer-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void execute(Runnable write) {
        pool.execute(write);
    }

    void close() {
        pool.shutdownNow();
    }
}
