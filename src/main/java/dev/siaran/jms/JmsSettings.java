package dev.siaran.jms;

import dev.siaran.internal.broker.BufferBounds;
import dev.siaran.spi.BrokerSettings;

/**
 * The keys of this broker, read once.
 *
 * @param connectionFactory {@value #CONNECTION_FACTORY}: the name that the connection factory has in JNDI
 * @param topic {@value #TOPIC}: the name that the topic has in JNDI
 * @param buffer {@code siaran.publish-buffer} and {@code siaran.publish-buffer-bytes}: how much waits for an absent server
 */
record JmsSettings(String connectionFactory, String topic, BufferBounds buffer) {

    static final String CONNECTION_FACTORY = "siaran.jms.connection-factory";
    static final String TOPIC = "siaran.jms.topic";

    /** Every server with Jakarta Messaging has it. */
    static final String DEFAULT_CONNECTION_FACTORY = "java:comp/DefaultJMSConnectionFactory";

    /** The one that the files in server-configs create. */
    static final String DEFAULT_TOPIC = "jms/siaran";

    static JmsSettings read(BrokerSettings settings) {
        return new JmsSettings(
                settings.text(CONNECTION_FACTORY).orElse(DEFAULT_CONNECTION_FACTORY),
                settings.text(TOPIC).orElse(DEFAULT_TOPIC),
                BufferBounds.read(settings));
    }
}
