package dev.siaran.redis;

import dev.siaran.internal.broker.PublishQueue;
import dev.siaran.spi.History;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All that works with the server of one shard, on threads of its own: while one server is away, the channels on others
 * notice nothing.
 *
 * <p>{@link Publisher} sends; {@link Subscriber} and {@link Feeds} keep one connection subscribed; {@link HistoryRequests}
 * answers for the past.
 *
 * <p>Safe for use by many threads.
 */
final class Lane {

    private final RedisSettings settings;
    private final PublishQueue queue = new PublishQueue();
    private final Publisher publisher;
    private final Subscriber subscriber;
    private final Feeds feeds;
    private final LogRefill refill;
    private final HistoryRequests history;
    private final Readers readers;
    private final ScheduledExecutorService control;
    private final ScheduledExecutorService filling;

    Lane(int shard, Node node) {
        this.settings = node.settings();
        var keys = new Keys(settings.prefix());
        var canary = keys.canary(node.name(), shard);
        boolean cluster = settings.deployment().kind() == Deployment.Kind.CLUSTER;
        String where = settings.where() + (cluster ? ", shard " + shard : "");
        var availability = settings.availability(where, node.name());
        var threads = node.threads();
        String suffix = shard == 0 ? "" : "-" + shard;
        this.control = threads.timer("control" + suffix);
        this.filling = threads.timer("fill" + suffix);
        var script = new PublishScript(settings, node.name());
        var links = new PublishLinks(node.servers(), node.topology(), settings.deployment()::check);
        var sending = new PublishConnection(links, script, keys, canary, shard);
        this.publisher =
                new Publisher(settings, node.buffer(), queue, sending, availability, threads.factory("pub" + suffix));
        var log = new ChannelLog(new Reads(node.topology(), node.servers()), keys);
        this.refill = new LogRefill(filling, log, keys, () -> node.topology().local(shard, keys.epoch()));
        this.readers = new Readers(Math.max(1, settings.pool() - 1), threads.factory("read" + suffix));
        this.history = new HistoryRequests(log, readers);
        this.feeds = new Feeds(keys, control, availability, refill);
        this.subscriber = new Subscriber(
                () -> subscriber(node, shard), canary, feeds, availability, cluster, threads.factory("sub" + suffix));
    }

    /** Only opened when the last one broke: the server may be another one by now. */
    private static Link subscriber(Node node, int shard) {
        node.topology().refresh();
        return node.servers().at(node.topology().master(shard)).subscriber();
    }

    void start() {
        subscriber.start();
        publisher.start();
        long interval = settings.timeout().toMillis();
        control.scheduleWithFixedDelay(this::tick, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        feeds.dropSilent(settings.silence());
        publisher.sendCanary();
    }

    Feeds feeds() {
        return feeds;
    }

    /** Reads for a feed, whatever lane it is in. */
    LogRefill refill() {
        return refill;
    }

    /** Where messages wait for this lane's server. */
    PublishQueue queue() {
        return queue;
    }

    CompletionStage<History> history(String channel, String afterId, String throughId, int limit) {
        return history.read(channel, afterId, throughId, limit);
    }

    /** Ends all but the sending of what is buffered. */
    void close() {
        feeds.close();
        subscriber.close();
        publisher.close();
        control.shutdownNow();
        filling.shutdownNow();
        readers.close();
    }

    /** Waits until what is buffered has been sent, or the time is over. */
    void join(Duration wait) throws InterruptedException {
        publisher.join(wait);
    }
}
