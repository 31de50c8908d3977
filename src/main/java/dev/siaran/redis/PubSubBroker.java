package dev.siaran.redis;

import dev.siaran.internal.broker.LiveFeed;
import dev.siaran.internal.broker.NodeIds;
import dev.siaran.internal.broker.PublishBuffer;
import dev.siaran.internal.broker.PublishQueue;
import dev.siaran.internal.broker.Threads;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries messages over Redis as django-sse does: PUBLISH of {@code ["event", "data"]} to the channel's own name, and no
 * more. Nothing keeps a message, so there is no history beyond the node's own log, ids are each node's own, and what comes
 * while a node is not connected is lost, which it says.
 *
 * <p>Safe for use by many threads.
 */
final class PubSubBroker implements Broker {

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");
    private static final Duration LAST_WAIT = Duration.ofMillis(400);

    private final RedisSettings settings;
    private final NodeIds ids;
    private final Threads threads;
    private final Servers servers;
    private final PublishBuffer buffer;
    private final Publisher publisher;
    private final Subscriber subscriber;
    private final PubSubFeeds feeds;
    private final ScheduledExecutorService control;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PubSubBroker(RedisSettings settings, String node) {
        this.settings = settings;
        var keys = new Keys(settings.prefix());
        var canary = keys.canary(node, 0);
        var availability = settings.availability(settings.where(), node);
        this.ids = new NodeIds(node);
        this.threads = new Threads("redis", node);
        this.servers = new Servers(settings, node);
        this.control = threads.timer("control");
        var queue = new PublishQueue();
        this.buffer = new PublishBuffer(settings.buffer(), "Redis at " + settings.where(), channel -> queue);
        Topology topology = settings.deployment().topology(settings.address(), servers, () -> {});
        var links = new PublishLinks(servers, topology, settings.deployment()::check);
        var sending = new PubSubSender(links, keys.epoch(), canary);
        this.publisher = new Publisher(settings, buffer, queue, sending, availability, threads.factory("pub"));
        this.feeds = new PubSubFeeds(control, availability);
        this.subscriber = new Subscriber(
                () -> subscriber(topology, keys.epoch()), canary, feeds, availability, false, threads.factory("sub"));
    }

    /** In a cluster all nodes listen to the one server that has this key, so that they hear all in the same order. */
    private Link subscriber(Topology topology, String key) {
        topology.refresh();
        return servers.at(topology.master(topology.shard(key))).subscriber();
    }

    static PubSubBroker open(RedisSettings settings) {
        var broker = new PubSubBroker(settings, Long.toString(new SecureRandom().nextLong() >>> 14, 36));
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

    /** Completes with an empty id: each node gives its own when the message comes. */
    @Override
    public CompletionStage<String> publish(Message message) {
        return buffer.offer(new Message(topic(message.channel()), null, EventPair.encode(message)));
    }

    @Override
    public Subscription subscribe(String channel, Delivery delivery) {
        return closed.get() ? () -> {} : feeds.add(new LiveFeed(LOG, topic(channel), delivery, ids));
    }

    /** A channel's own name, as django-sse has it; Siaran's own channels have the prefix of all its names. */
    private String topic(String channel) {
        return channel.startsWith(Broker.OWN_CHANNELS) ? settings.prefix() + channel : channel;
    }

    /** Never has a message. */
    @Override
    public CompletionStage<History> history(String channel, String afterId, String throughId, int limit) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is closed"));
        }
        return CompletableFuture.completedFuture(History.empty(ids.start(afterId, throughId, feeds.last(channel))));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        feeds.close();
        subscriber.close();
        buffer.close();
        publisher.close();
        control.shutdownNow();
        try {
            publisher.join(PublishBuffer.LAST_SEND);
            servers.close();
            threads.join(LAST_WAIT.toMillis());
        } catch (InterruptedException e) {
            servers.close();
            Thread.currentThread().interrupt();
        }
    }
}
