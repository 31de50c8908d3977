package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.spi.Message;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of a message in django-sse: a JSON array of the event's type and its data, written as Python's
 * {@code json.dumps} does. Python has no events without a type; there the default of browsers is written out.
 *
 * @param event null stands for {@value #UNNAMED}
 */
record EventPair(@Nullable String event, String data) {

    /** The type that a browser gives to an event without one. */
    private static final String UNNAMED = "message";

    static String encode(Message message) {
        var json = new StringBuilder(message.data().length() + 32).append('[');
        quote(json, message.event() == null ? UNNAMED : message.event());
        quote(json.append(", "), message.data());
        return json.append(']').toString();
    }

    /** As {@code ensure_ascii} does it, which is the default: all but printable ASCII is escaped. */
    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\f' -> json.append("\\f");
                case '\b' -> json.append("\\b");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        json.append(c);
                    } else {
                        json.append("\\u").append(Character.forDigit(c >> 12, 16));
                        json.append(Character.forDigit(c >> 8 & 15, 16)).append(Character.forDigit(c >> 4 & 15, 16));
                        json.append(Character.forDigit(c & 15, 16));
                    }
                }
            }
        }
        json.append('"');
    }

    /**
     * Reads a payload; empty if it is not in this form. The data may also be an array of strings, which are its lines, and
     * the event may be null: django-sse sends what it is given.
     */
    static Optional<EventPair> decode(byte[] payload) {
        try {
            var json = new JsonReader(UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)));
            json.expect('[');
            String event = json.isNext('n') ? json.nothing() : json.string();
            json.expect(',');
            String data = json.isNext('[') ? String.join("\n", json.strings()) : json.string();
            json.expect(']');
            json.expectEnd();
            return Optional.of(new EventPair(UNNAMED.equals(event) ? null : event, data));
        } catch (JsonReader.Malformed | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    Message of(String channel) {
        return new Message(channel, event, data);
    }
}
