package dev.siaran.rabbitmq;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.BufferBounds;
import dev.siaran.internal.broker.TlsStores;
import dev.siaran.spi.BrokerSettings;
import java.time.Duration;

/**
 * The keys of this broker, read once.
 *
 * @param address {@code siaran.rabbitmq.uri}
 * @param tls {@code siaran.rabbitmq.tls.*}: whom an {@code amqps} connection trusts, and as whom it shows itself
 * @param stream {@code siaran.rabbitmq.stream}: the name of the one queue, which is a stream
 * @param historyBytes {@code siaran.rabbitmq.history-bytes}: about how much the stream keeps of all channels
 * @param historyMaxAge {@code siaran.rabbitmq.history-max-age}: about how long it keeps it
 * @param timeout {@code siaran.rabbitmq.timeout}: the longest wait for a connection and for an answer
 * @param buffer {@code siaran.publish-buffer} and {@code siaran.publish-buffer-bytes}: how much waits for an absent server
 */
record RabbitSettings(
        RabbitAddress address,
        TlsStores tls,
        String stream,
        long historyBytes,
        Duration historyMaxAge,
        Duration timeout,
        BufferBounds buffer) {

    static final String STREAM = "siaran.rabbitmq.stream";
    static final String HISTORY_BYTES = "siaran.rabbitmq.history-bytes";
    static final String HISTORY_MAX_AGE = "siaran.rabbitmq.history-max-age";

    private static final System.Logger LOG = System.getLogger("dev.siaran.rabbitmq");
    private static final int MAX_NAME = 200;

    RabbitSettings {
        if (stream.length() > MAX_NAME
                || stream.startsWith("amq.")
                || stream.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(STREAM + " is \"" + stream.replaceAll("\\p{Cntrl}", "?")
                    + "\"; allowed are at most " + MAX_NAME
                    + " visible ASCII characters that do not begin with \"amq.\", without spaces");
        }
    }

    static RabbitSettings read(BrokerSettings settings) {
        RabbitAddress address = RabbitAddress.read(settings);
        TlsStores tls = TlsStores.read(settings, "siaran.rabbitmq.tls");
        tls.check(address.tls(), RabbitAddress.KEY + " has amqps://");
        return new RabbitSettings(
                address,
                tls,
                settings.text(STREAM).orElse("siaran"),
                settings.bytes(HISTORY_BYTES, 256L << 20, 10_000, 1L << 50),
                settings.duration(HISTORY_MAX_AGE, Duration.ofHours(24), Duration.ofSeconds(1), Duration.ofDays(3650)),
                settings.duration(
                        "siaran.rabbitmq.timeout",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1)),
                BufferBounds.read(settings));
    }

    /** The servers, for people. */
    String where() {
        return "RabbitMQ at " + address;
    }

    /** Tells the log of the outages of the server. */
    Availability availability(String node) {
        return new Availability(LOG, where(), RabbitAddress.KEY, node, Refusal.class::isInstance);
    }

    int timeoutMillis() {
        return (int) timeout.toMillis();
    }

    /** The longest that a healthy server lets us wait for something to come through the stream. */
    Duration patience() {
        return timeout.multipliedBy(3);
    }

    /** A server that is silent for two of these, in whole seconds, is given up: about three timeouts. */
    int heartbeatSeconds() {
        return (int) Math.max(1, patience().toMillis() / 2000);
    }
}
