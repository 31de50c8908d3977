package dev.siaran.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.LongString;
import dev.siaran.internal.broker.Pending;
import dev.siaran.spi.Message;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a message: the body is the text in UTF-8, and headers have the rest. Any program may publish in this form; the
 * channel is all that it must name.
 */
final class Wire {

    static final String CHANNEL = "siaran-channel";
    static final String EVENT = "siaran-event";
    static final String PUBLISHER = "siaran-publisher";
    static final String SEQUENCE = "siaran-sequence";
    static final String MARKER = "siaran-marker";

    /** What the server adds. */
    private static final String OFFSET = "x-stream-offset";

    private static final char REPLACEMENT = '\uFFFD';
    private static final int PERSISTENT = 2;

    private Wire() {}

    static BasicProperties properties(Pending pending, String publisher) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(CHANNEL, pending.channel());
        byte[] event = pending.event();
        if (event != null) {
            headers.put(EVENT, new String(event, UTF_8));
        }
        headers.put(PUBLISHER, publisher);
        headers.put(SEQUENCE, pending.sequence());
        return of(headers);
    }

    static BasicProperties marker(String publisher, long number) {
        return of(Map.of(PUBLISHER, publisher, MARKER, number));
    }

    private static BasicProperties of(Map<String, Object> headers) {
        return new BasicProperties.Builder()
                .headers(headers)
                .deliveryMode(PERSISTENT)
                .build();
    }

    /** @throws IOException if the server does not say where in the stream it is: then it is no stream */
    static Entry read(Delivery delivery) throws IOException {
        Map<String, Object> given = delivery.getProperties().getHeaders();
        Map<String, Object> headers = given == null ? Map.of() : given;
        if (!(headers.get(OFFSET) instanceof Number offset)) {
            throw new IOException("the server gives no offsets");
        }
        byte[] body = delivery.getBody();
        String channel = text(headers, CHANNEL);
        String event = text(headers, EVENT);
        String publisher = text(headers, PUBLISHER);
        long marker = number(headers, MARKER);
        long sequence = marker > 0 ? marker : number(headers, SEQUENCE);
        long stamp = new Stamp()
                .add(channel)
                .add(event)
                .add(publisher)
                .add(sequence)
                .add(body)
                .value();
        String text = channel == null || channel.isEmpty() || marker > 0 ? null : text(body);
        return new Entry(
                new Place(offset.longValue(), stamp),
                channel == null || text == null ? null : new Message(channel, event, text),
                publisher == null ? "" : publisher,
                sequence,
                marker > 0);
    }

    private static @Nullable String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        return value instanceof LongString || value instanceof String ? value.toString() : null;
    }

    private static long number(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** Null if it is no UTF-8. */
    private static @Nullable String text(byte[] body) {
        String text = new String(body, UTF_8);
        boolean doubtful = text.indexOf(REPLACEMENT) >= 0;
        return doubtful && !Arrays.equals(text.getBytes(UTF_8), body) ? null : text;
    }
}
