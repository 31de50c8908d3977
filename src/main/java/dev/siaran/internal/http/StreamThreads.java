package dev.siaran.internal.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that run applications' own streams: one for each stream, virtual where the runtime has them, with the
 * application's class loader, and its naming and security context where the server offers them.
 */
final class StreamThreads {

    private final ThreadFactory threads;
    private final ServerContext context;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    StreamThreads() {
        context = ServerContext.ofServer();
        threads = VirtualThreads.orPlatformThreads("siaran-stream-");
    }

    /** Makes a thread for a stream; called on the thread of its request. Not started. */
    Thread newThread(Runnable stream) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Executor inContext = context.capture();
        Thread thread = threads.newThread(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            running.add(Thread.currentThread());
            try {
                inContext.execute(stream);
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        return thread;
    }

    /** Waits until every stream's thread has ended, or the time is over. */
    void join(java.time.Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            for (Thread thread : running) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left > 0) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
