package dev.siaran.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Reads the stream from one place on, over a channel of its own. The server keeps no place for it, and sends no more than
 * {@value #PREFETCH} messages ahead.
 */
final class StreamReader implements AutoCloseable {

    /** Where messages are that come from now on. */
    static final String NEXT = "next";

    private static final int PREFETCH = 512;
    private static final int ACKNOWLEDGED_AT_ONCE = 128;

    /** Takes what is read, on the connection's reading thread; what it throws breaks the connection. */
    interface Taker {

        /** Calls {@link StreamReader#taken} once for each delivery, perhaps later. */
        void take(StreamReader reader, Delivery delivery) throws IOException;
    }

    private final Channel channel;

    /** Used by who takes the deliveries, one at a time. */
    private int unacknowledged;

    private StreamReader(Channel channel) {
        this.channel = channel;
    }

    /**
     * Begins to read.
     *
     * @param offset a number, or {@link #NEXT}; a number before the oldest message means that one
     */
    static StreamReader open(Link link, String stream, Object offset, Taker taker) throws IOException {
        Channel channel = link.lastingChannel();
        var reader = new StreamReader(channel);
        try {
            channel.basicQos(PREFETCH);
            channel.basicConsume(stream, false, Map.of("x-stream-offset", offset), new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                    try {
                        taker.take(reader, new Delivery(envelope, properties, body));
                    } catch (IOException | ShutdownSignalException e) {
                        link.breakWith(e);
                    }
                }

                @Override
                public void handleCancel(String tag) {
                    link.breakWith(
                            new IOException("the stream \"" + stream + "\" was deleted, or its server went away"));
                }
            });
            return reader;
        } catch (IOException | ShutdownSignalException e) {
            throw Refusal.broken(e);
        }
    }

    Channel channel() {
        return channel;
    }

    /** Lets the server send more. */
    void taken(Delivery delivery) throws IOException {
        if (++unacknowledged >= ACKNOWLEDGED_AT_ONCE) {
            unacknowledged = 0;
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), true);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            // It ends with its connection.
        }
    }
}
