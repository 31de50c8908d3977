package dev.siaran.redis;

import dev.siaran.internal.broker.PublishBuffer;
import dev.siaran.internal.broker.PublishQueue;
import dev.siaran.internal.broker.Threads;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages over Redis: a stream per channel keeps them, and pub/sub announces them to every node.
 *
 * <p>This class only puts the parts together. {@link Topology} knows the servers; each shard has a {@link Lane}, one server
 * has but one; {@link ChannelFeed} orders and fills.
 *
 * <p>Safe for use by many threads.
 */
final class RedisBroker implements Broker {

    private static final Duration LAST_WAIT = Duration.ofMillis(400);

    private final RedisSettings settings;
    private final Threads threads;
    private final Servers servers;
    private final PublishBuffer buffer;
    private final Lanes lanes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RedisBroker(RedisSettings settings, String name) {
        this.settings = settings;
        this.threads = new Threads("redis", name);
        this.servers = new Servers(settings, name);
        this.buffer = new PublishBuffer(settings.buffer(), "Redis at " + settings.where(), this::queue);
        Topology topology = settings.deployment().topology(settings.address(), servers, this::rearrange);
        var node = new Node(settings, name, threads, servers, topology, buffer);
        this.lanes = new Lanes(topology, new Keys(settings.prefix()), shard -> new Lane(shard, node));
    }

    private PublishQueue queue(String channel) {
        return lanes.of(channel).queue();
    }

    private void rearrange() {
        lanes.rearrange();
    }

    static RedisBroker open(RedisSettings settings) {
        var broker = new RedisBroker(settings, Long.toString(new SecureRandom().nextLong() >>> 14, 36));
        broker.lanes.at(0);
        return broker;
    }

    @Override
    public CompletionStage<String> publish(Message message) {
        return buffer.offer(message);
    }

    @Override
    public Subscription subscribe(String channel, Delivery delivery) {
        if (closed.get()) {
            return () -> {};
        }
        return lanes.subscribe(
                new ChannelFeed(channel, delivery, this::refill, settings.historyTtl(), Clock.systemUTC()));
    }

    private void refill(ChannelFeed feed, int turn, @Nullable String after) {
        lanes.of(feed.channel()).refill().request(feed, turn, after);
    }

    @Override
    public CompletionStage<History> history(String channel, String afterId, String throughId, int limit) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is closed"));
        }
        return lanes.of(channel).history(channel, afterId, throughId, limit);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        buffer.close();
        lanes.close();
        try {
            lanes.join(PublishBuffer.LAST_SEND);
            servers.close();
            threads.join(LAST_WAIT.toMillis());
        } catch (InterruptedException e) {
            servers.close();
            Thread.currentThread().interrupt();
        }
    }
}
