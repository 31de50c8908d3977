package dev.siaran.rabbitmq;

import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerProvider;
import dev.siaran.spi.BrokerSettings;
import java.util.function.Supplier;

/**
 * The broker for many nodes over RabbitMQ 3.9 or newer: {@code siaran.broker=rabbitmq}. Needs
 * {@code com.rabbitmq:amqp-client} 5.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class RabbitBrokerProvider implements BrokerProvider {

    private static final String CLIENT = "com.rabbitmq.client.ConnectionFactory";

    /** For {@link java.util.ServiceLoader}. */
    public RabbitBrokerProvider() {}

    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public Supplier<Broker> configure(BrokerSettings settings) {
        requireClient();
        RabbitSettings read = RabbitSettings.read(settings);
        return () -> RabbitBroker.open(read);
    }

    private static void requireClient() {
        try {
            Class.forName(CLIENT, false, RabbitBrokerProvider.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(
                    "siaran.broker is \"rabbitmq\", which needs the library com.rabbitmq:amqp-client, version 5, in the"
                            + " application",
                    e);
        }
    }
}
