package dev.siaran.rabbitmq;

import dev.siaran.internal.broker.Pending;
import dev.siaran.internal.broker.PublishBuffer;
import dev.siaran.internal.broker.PublishQueue;
import dev.siaran.internal.broker.Threads;
import dev.siaran.internal.broker.Timer;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries messages over a RabbitMQ stream that every node reads.
 *
 * <p>This class only puts the parts together.
 *
 * <p>Safe for use by many threads.
 */
final class RabbitBroker implements Broker {

    private static final long LAST_WAIT_MILLIS = 150;

    private final RabbitSettings settings;
    private final Threads threads;
    private final Threads connections;
    private final Timer reading;
    private final PublishQueue queue = new PublishQueue();
    private final PublishBuffer buffer;
    private final InFlight inFlight;
    private final Feeds feeds = new Feeds();
    private final Connector connector;
    private final Follower follower;
    private final Publisher publisher;
    private final Histories histories;
    private final Keeper keeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RabbitBroker(RabbitSettings settings, String name) {
        this.settings = settings;
        this.threads = new Threads("rabbitmq", name);
        this.connections = new Threads("rabbitmq", name);
        this.reading = threads.timer("reader");
        this.buffer = new PublishBuffer(settings.buffer(), settings.where(), channel -> queue);
        this.inFlight = new InFlight(buffer);
        var markers = new Markers(name, settings.stream());
        var current = new Current();
        this.connector = new Connector(settings, name, reading, connections.factory("connection"));
        this.follower = new Follower(name, settings.stream(), reading, feeds, inFlight, markers);
        this.publisher = new Publisher(settings, name, queue, inFlight, current, threads.factory("publisher"));
        this.histories = new Histories(settings, current, follower, markers, threads.factory("history"));
        this.keeper = new Keeper(
                settings,
                connector,
                markers,
                follower,
                current,
                publisher::wake,
                settings.availability(name),
                threads.factory("keeper"));
    }

    static RabbitBroker open(RabbitSettings settings) {
        var broker = new RabbitBroker(settings, Long.toString(new SecureRandom().nextLong() >>> 14, 36));
        broker.publisher.start();
        broker.keeper.start();
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
        var feed = new Feed(channel, delivery);
        Subscription subscription = feeds.add(feed);
        follower.welcome(feed);
        return subscription;
    }

    @Override
    public CompletionStage<History> history(String channel, String afterId, String throughId, int limit) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is closed"));
        }
        return histories.read(channel, afterId, throughId, limit);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        buffer.close();
        try {
            publisher.close(PublishBuffer.LAST_SEND);
            feeds.close();
            histories.close(LAST_WAIT_MILLIS);
            keeper.close();
            keeper.join(LAST_WAIT_MILLIS);
            connector.close();
            // The end of a connection is a last task of the reader: the client's threads wait for it, and complain
            connections.join(LAST_WAIT_MILLIS);
            reading.shutdownNow();
            threads.join(LAST_WAIT_MILLIS);
        } catch (InterruptedException e) {
            feeds.close();
            histories.close();
            keeper.close();
            connector.close();
            reading.shutdownNow();
            Thread.currentThread().interrupt();
        }
        failRest();
    }

    private void failRest() {
        inFlight.all().forEach(message -> inFlight.fail(message.sequence(), closedBefore()));
        for (Pending message : queue.drain()) {
            buffer.settled(message);
            message.result().completeExceptionally(new IllegalStateException(closedBefore()));
        }
    }

    private String closedBefore() {
        return "the broker was closed before " + settings.where() + " answered";
    }
}
