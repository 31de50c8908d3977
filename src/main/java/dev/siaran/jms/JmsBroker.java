package dev.siaran.jms;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.LiveFeed;
import dev.siaran.internal.broker.NodeIds;
import dev.siaran.internal.broker.PublishBuffer;
import dev.siaran.internal.broker.PublishQueue;
import dev.siaran.internal.broker.Threads;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import jakarta.jms.JMSSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries messages over a topic. Nothing keeps a message, so there is no history beyond the node's own log, ids are each node's
 * own, and what comes while a node is not connected is lost, which it says.
 *
 * <p>Safe for use by many threads.
 */
final class JmsBroker implements Broker {

    private static final System.Logger LOG = System.getLogger("dev.siaran.jms");

    private static final Duration LAST_WAIT = Duration.ofMillis(300);

    private final NodeIds ids;
    private final Threads threads;
    private final PublishBuffer buffer;
    private final Publisher publisher;
    private final Listener listener;
    private final Feeds feeds;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JmsBroker(JmsSettings settings, JmsResources resources, Duration interval, String node) {
        String server = "Jakarta Messaging at " + settings.connectionFactory();
        var availability = new Availability(
                LOG, server, JmsSettings.CONNECTION_FACTORY, node, cause -> cause instanceof JMSSecurityException);
        var queue = new PublishQueue();
        var beats = new Beats(interval);
        this.ids = new NodeIds(node);
        this.threads = new Threads("jms", node);
        this.buffer = new PublishBuffer(settings.buffer(), server, channel -> queue);
        this.feeds = new Feeds(beats, queue::wake);
        this.publisher = new Publisher(
                resources, node, settings.topic(), buffer, queue, beats, availability, threads.factory("pub"));
        this.listener =
                new Listener(resources, node, settings.topic(), feeds, beats, availability, threads.factory("sub"));
    }

    /** @param interval how often it makes sure that the topic brings what is sent to it */
    static JmsBroker open(JmsSettings settings, JmsResources resources, Duration interval) {
        String node = Long.toString(new SecureRandom().nextLong() >>> 14, 36);
        var broker = new JmsBroker(settings, resources, interval, node);
        broker.listener.start();
        broker.publisher.start();
        return broker;
    }

    /** Completes with an empty id: each node gives its own when the message comes. */
    @Override
    public CompletionStage<String> publish(Message message) {
        return buffer.offer(message);
    }

    @Override
    public Subscription subscribe(String channel, Delivery delivery) {
        return closed.get() ? () -> {} : feeds.add(new LiveFeed(LOG, channel, delivery, ids));
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
        listener.close();
        buffer.close();
        publisher.close();
        try {
            publisher.join(PublishBuffer.LAST_SEND);
            threads.join(LAST_WAIT.toMillis());
            listener.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
