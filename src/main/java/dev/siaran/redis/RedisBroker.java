package dev.siaran.redis;

import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries messages over Redis: a stream per channel keeps them, and pub/sub announces them to every node.
 *
 * <p>This class only puts the parts together. {@link Publisher} sends; {@link Subscriber} and {@link Feeds} keep one
 * connection subscribed; {@link ChannelFeed} orders and fills; {@link HistoryRequests} answers for the past.
 *
 * <p>Safe for use by many threads.
 */
final class RedisBroker implements Broker {

    private static final Duration LAST_SEND = Duration.ofMillis(500);
    private static final Duration LAST_WAIT = Duration.ofMillis(400);

    private final RedisSettings settings;
    private final Threads threads;
    private final Connections connections;
    private final Publisher publisher;
    private final Subscriber subscriber;
    private final Feeds feeds;
    private final LogRefill refill;
    private final HistoryRequests history;
    private final Readers readers;
    private final ScheduledExecutorService control;
    private final ScheduledExecutorService filling;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RedisBroker(RedisSettings settings, String node) {
        this.settings = settings;
        var keys = new Keys(settings.prefix());
        var canary = keys.canary(node);
        var availability = new Availability(settings.address(), node);
        this.threads = new Threads(node);
        this.connections = new Connections(settings, node);
        this.control = threads.timer("control");
        this.filling = threads.timer("fill");
        var sending = new PublishConnection(connections::publisher, new PublishScript(settings, node), keys, canary);
        this.publisher = new Publisher(settings, sending, availability, threads.factory("pub"));
        var log = new ChannelLog(connections.pool(), keys);
        this.refill = new LogRefill(filling, log, keys);
        this.readers = new Readers(Math.max(1, settings.pool() - 1), threads.factory("read"));
        this.history = new HistoryRequests(log, readers);
        this.feeds = new Feeds(keys, control, availability, refill);
        this.subscriber = new Subscriber(connections::subscriber, canary, feeds, availability, threads.factory("sub"));
    }

    static RedisBroker open(RedisSettings settings) {
        var broker = new RedisBroker(settings, Long.toString(new SecureRandom().nextLong() >>> 14, 36));
        broker.start();
        return broker;
    }

    private void start() {
        subscriber.start();
        publisher.start();
        long interval = settings.timeout().toMillis();
        control.scheduleWithFixedDelay(this::tick, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        feeds.dropSilent(settings.silence());
        publisher.sendCanary();
    }

    @Override
    public CompletionStage<String> publish(Message message) {
        return publisher.publish(message);
    }

    @Override
    public Subscription subscribe(String channel, Delivery delivery) {
        if (closed.get()) {
            return () -> {};
        }
        return feeds.add(new ChannelFeed(channel, delivery, refill, settings.historyTtl(), Clock.systemUTC()));
    }

    @Override
    public CompletionStage<History> history(String channel, String afterId, String throughId, int limit) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is closed"));
        }
        return history.read(channel, afterId, throughId, limit);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        feeds.close();
        subscriber.close();
        publisher.close();
        control.shutdownNow();
        filling.shutdownNow();
        readers.close();
        try {
            publisher.join(LAST_SEND);
            connections.close();
            threads.join(LAST_WAIT.toMillis());
        } catch (InterruptedException e) {
            connections.close();
            Thread.currentThread().interrupt();
        }
    }
}
