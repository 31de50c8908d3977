package dev.siaran.jms;

import dev.siaran.internal.broker.BufferBounds;
import dev.siaran.spi.Broker;
import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQTopic;

/** An ActiveMQ Artemis in this process, reached within it, which keeps nothing when it is stopped. */
final class MessagingServer implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String uri = "vm://" + COUNT.incrementAndGet();
    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    static MessagingServer start() throws Exception {
        var started = new MessagingServer();
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("vm", started.uri);
        started.server.setConfiguration(configuration);
        started.server.start();
        return started;
    }

    ConnectionFactory factory() {
        return new ActiveMQConnectionFactory(uri + "?reconnectAttempts=0");
    }

    JmsResources resources() {
        return resources(factory());
    }

    static JmsResources resources(ConnectionFactory factory) {
        return new JmsResources(factory, new ActiveMQTopic("siaran"));
    }

    static Broker node(JmsResources resources) {
        return node(resources, 10_000);
    }

    static Broker node(JmsResources resources, int buffer) {
        var settings = new JmsSettings("the factory", "the topic", new BufferBounds(buffer, 16 << 20));
        return JmsBroker.open(settings, resources, Duration.ofMillis(200));
    }

    /** It ends, and with it all connections. */
    void stop() throws Exception {
        server.stop();
    }

    void restart() throws Exception {
        server.start();
    }

    static boolean isItsThread(Thread thread) {
        return thread.getName().contains("ActiveMQ") || thread.getName().contains("activemq");
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
