package dev.siaran.memory;

import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.Message;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Delivers within one process, on the thread that publishes.
 *
 * <p>It keeps no messages. Of a channel it keeps the last id, for as long as the channel is subscribed and beyond that for
 * the {@value #MAX_IDLE} channels with the newest messages, so that made-up channel names cannot fill the memory. So an id of this process
 * that is older than the channel's last one may be of another channel; a newer one is.
 *
 * <p>Safe for use by many threads.
 */
final class MemoryBroker implements Broker {

    static final int MAX_IDLE = 10_000;

    private final MemoryIds ids;
    private final ConcurrentMap<String, MemoryChannel> channels = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** No channel that is no longer known had a message with a higher number. Written before it is forgotten, under this. */
    private volatile long forgotten;

    /** How many channels to have before the next look for idle ones. Written by any thread; a lost write is harmless. */
    private volatile int sweepAt = 2 * MAX_IDLE;

    MemoryBroker(MemoryIds ids) {
        this.ids = ids;
    }

    @Override
    public CompletionStage<String> publish(Message message) {
        while (!closed) {
            Optional<String> id = channel(message.channel()).publish(message);
            if (id.isPresent()) {
                return CompletableFuture.completedFuture(id.get());
            }
        }
        return closed();
    }

    @Override
    public Subscription subscribe(String channel, Delivery delivery) {
        while (!closed) {
            MemoryChannel joined = channel(channel);
            Optional<MemoryReceiver> receiver = joined.subscribe(delivery);
            if (receiver.isPresent()) {
                return () -> joined.unsubscribe(receiver.get());
            }
        }
        return () -> {};
    }

    @Override
    public CompletionStage<History> history(String channel, String afterId, String throughId, int limit) {
        if (closed) {
            return closed();
        }
        return CompletableFuture.completedFuture(History.empty(start(channel, afterId, throughId)));
    }

    private Start start(String channel, String afterId, String throughId) {
        if (!afterId.isEmpty() && !ids.isGivenOut(afterId)) {
            return Start.UNKNOWN;
        }
        MemoryChannel known = channels.get(channel);
        long last = known == null ? 0 : known.last();
        if (afterId.equals(ids.id(last)) || (!afterId.isEmpty() && afterId.equals(throughId))) {
            return Start.COMPLETE;
        }
        return isOfAnother(ids.number(afterId), last, ids.number(throughId)) ? Start.UNKNOWN : Start.TRIMMED;
    }

    /**
     * Whether a number cannot be one of a channel: because it is newer than the channel's last, unless that may have been forgotten; or
     * newer than the last that was wanted, which nobody can have who has not been delivered that one.
     */
    private boolean isOfAnother(long number, long last, long through) {
        boolean isNewer = number > last && number > forgotten;
        return isNewer || (through > 0 && number > through);
    }

    @Override
    public void close() {
        closed = true;
        channels.values().forEach(MemoryChannel::close);
        channels.clear();
    }

    private MemoryChannel channel(String name) {
        MemoryChannel known = channels.get(name);
        if (known != null && !known.isRetired()) {
            return known;
        }
        if (channels.size() >= sweepAt) {
            retireOldest();
        }
        MemoryChannel channel = channels.compute(
                name, (key, old) -> old != null && !old.isRetired() ? old : new MemoryChannel(key, ids));
        if (closed) {
            channel.close();
        }
        return channel;
    }

    /** Forgets idle channels, those with the oldest messages first. */
    private void retireOldest() {
        long[] idle = channels.values().stream()
                .filter(channel -> !channel.isSubscribed())
                .mapToLong(MemoryChannel::last)
                .sorted()
                .toArray();
        if (idle.length > MAX_IDLE) {
            long upTo = idle[idle.length - MAX_IDLE - 1];
            forget(upTo);
            channels.values().removeIf(channel -> channel.retire(upTo));
        }
        sweepAt = Math.max(2 * MAX_IDLE, channels.size() + MAX_IDLE);
    }

    private synchronized void forget(long upTo) {
        forgotten = Math.max(forgotten, upTo);
    }

    int size() {
        return channels.size();
    }

    private static <T> CompletionStage<T> closed() {
        return CompletableFuture.failedFuture(new IllegalStateException("the broker is closed"));
    }
}
