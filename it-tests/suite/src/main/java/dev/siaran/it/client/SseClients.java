package dev.siaran.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Opens streams, all read by one thread, so that hundreds of clients cost next to nothing.
 *
 * <p>Safe for use by many threads.
 */
public final class SseClients implements AutoCloseable {

    private record Timer(long dueNanos, Runnable task) {}

    // Used by any thread
    private final Selector selector;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "sse-clients");
    private volatile boolean closed;

    // Used by the one thread that reads
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos() - other.dueNanos()));

    /** Starts the thread. */
    public SseClients() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** A stream to be opened. */
    public SseClient.Builder to(URI uri) {
        return new SseClient.Builder(this, uri);
    }

    /** Opens a stream. */
    public SseClient open(URI uri) {
        return to(uri).open();
    }

    /** Opens a number of streams. */
    public List<SseClient> open(URI uri, int count) {
        var clients = new ArrayList<SseClient>();
        for (int i = 0; i < count; i++) {
            clients.add(open(uri));
        }
        return clients;
    }

    Selector selector() {
        return selector;
    }

    /** Runs a task on the thread that reads. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs a task later on the thread that reads; called by that thread. */
    void schedule(long millis, Runnable task) {
        timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), task));
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::ready, untilNextTimer());
                for (Runnable task; (task = tasks.poll()) != null; ) {
                    task.run();
                }
                while (!timers.isEmpty() && timers.peek().dueNanos() - System.nanoTime() <= 0) {
                    timers.remove().task().run();
                }
            }
            selector.keys().forEach(key -> ((SseClient) key.attachment()).close());
            tasks.forEach(Runnable::run);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long untilNextTimer() {
        if (timers.isEmpty()) {
            return 0;
        }
        long nanos = timers.peek().dueNanos() - System.nanoTime();
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private void ready(SelectionKey key) {
        ((SseClient) key.attachment()).ready();
    }

    /** Leaves every stream and ends the thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
