package dev.siaran.redis;

import dev.siaran.spi.History;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads that read history, as many as the pool has connections to spare. They end when idle.
 *
 * <p>Safe for use by many threads.
 */
final class Readers implements AutoCloseable {

    /** A read and who waits for it, so that one which never begins still gets an answer. */
    private record Read(Supplier<History> read, CompletableFuture<History> result) implements Runnable {

        @Override
        public void run() {
            try {
                result.complete(read.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }

        void refuse() {
            result.completeExceptionally(new IllegalStateException("the broker is closed"));
        }
    }

    private final ThreadPoolExecutor executor;

    Readers(int threads, ThreadFactory factory) {
        this.executor =
                new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        executor.allowCoreThreadTimeOut(true);
    }

    CompletionStage<History> submit(Supplier<History> read) {
        var task = new Read(read, new CompletableFuture<>());
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.refuse();
        }
        return task.result();
    }

    @Override
    public void close() {
        executor.shutdownNow().forEach(task -> ((Read) task).refuse());
    }
}
