package dev.siaran.internal.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that wait for slow clients where a container makes its writers wait: virtual ones where the runtime has them, else
 * as many as there are clients being written, up to a bound.
 */
final class BlockingWriters implements Executor {

    private static final int MOST = 1000;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ThreadPoolExecutor pool;

    BlockingWriters() {
        ThreadFactory threads = VirtualThreads.orPlatformThreads("siaran-writer-");
        pool = new ThreadPoolExecutor(
                0, MOST, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), threads);
    }

    @Override
    public void execute(Runnable write) {
        pool.execute(write);
    }

    void close() {
        pool.shutdownNow();
    }
}
