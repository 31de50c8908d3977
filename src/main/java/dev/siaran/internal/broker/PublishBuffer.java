package dev.siaran.internal.broker;

import dev.siaran.spi.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Takes what is published, bounded by number and by bytes, and gives it to the queue of its server. A message counts until
 * it is {@linkplain #settled settled}, also while it is being sent.
 *
 * <p>Safe for use by many threads.
 */
public final class PublishBuffer {

    /**
     * How long a broker that closes lets a server that is there take what waits. One that is busy needs more than a moment;
     * one that hangs must not keep the application from stopping.
     */
    public static final Duration LAST_SEND = Duration.ofSeconds(3);

    private final BufferBounds bounds;
    private final String server;
    private final Function<String, PublishQueue> queues;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Map<String, Way> ways = new HashMap<>();
    private int events;
    private long bytes;
    private long sequence;
    private boolean closed;

    /**
     * The queue that a channel's messages are in. Those that come take the same one until all are settled: by two ways they
     * could overtake each other.
     */
    private static final class Way {
        final PublishQueue queue;
        int unsettled;

        Way(PublishQueue queue) {
            this.queue = queue;
        }
    }

    /**
     * @param server what is waited for, for people
     * @param queues finds the queue of a channel, now; called under a lock
     */
    public PublishBuffer(BufferBounds bounds, String server, Function<String, PublishQueue> queues) {
        this.bounds = bounds;
        this.server = server;
        this.queues = queues;
    }

    public CompletionStage<String> offer(Message message) {
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedFuture(new IllegalStateException("the broker is closed"));
            }
            Pending pending = Pending.of(message, sequence + 1);
            if (events >= bounds.events()) {
                return full(BufferBounds.EVENTS, bounds.events() + " events");
            }
            if (bytes + pending.bytes() > bounds.bytes()) {
                return full(BufferBounds.BYTES, bounds.bytes() + " bytes");
            }
            Way way = ways.computeIfAbsent(message.channel(), channel -> new Way(queues.apply(channel)));
            way.unsettled++;
            sequence++;
            events++;
            bytes += pending.bytes();
            way.queue.add(pending);
            return pending.result();
        } finally {
            lock.unlock();
        }
    }

    private CompletionStage<String> full(String key, String bound) {
        return CompletableFuture.failedFuture(new IllegalStateException("the publish buffer is full: " + key + " is "
                + bound + ", and " + events + " events of " + bytes + " bytes wait for " + server));
    }

    /** Gives back the place of a message that was taken, before its result is completed. */
    public void settled(Pending pending) {
        lock.lock();
        try {
            events--;
            bytes -= pending.bytes();
            ways.computeIfPresent(pending.channel(), (channel, way) -> --way.unsettled == 0 ? null : way);
        } finally {
            lock.unlock();
        }
    }

    /** Refuses all further messages; what waits can still be taken. */
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
