package dev.siaran.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes the WHATWG event stream format; the only place that does, with the {@link FrameBuffer} that puts frames together.
 *
 * <p>A CR, LF or CRLF in data begins a new {@code data:} line and nothing else does: not U+2028, not NEL, not a vertical
 * tab. Every field has one space after its colon, which the parser takes away, so that leading spaces survive. Empty data is
 * an empty {@code data:} line, without which a browser would drop the event.
 */
public final class FrameEncoder {

    /** A comment that says nothing: shows that the connection is alive. */
    public static final byte[] HEARTBEAT = ascii(":\n\n");

    /** Makes the client forget the last id; takes effect without an event. */
    public static final byte[] RESET_ID = ascii("id\n\n");

    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] COMMENT = ascii(": ");
    static final byte[] ID = ascii("id: ");
    static final byte[] END = ascii("\n\n");

    private FrameEncoder() {}

    /**
     * Encodes an event.
     *
     * @param event the type, null or empty for none; the caller has checked that it is a single line
     * @param id the id, null or empty for none; the caller has checked that it is a single line
     */
    public static Frame event(@Nullable String event, String data, @Nullable String id) {
        byte[] name = event == null || event.isEmpty() ? null : utf8(event);
        byte[] text = utf8(data);
        byte[] last = id == null || id.isEmpty() ? null : utf8(id);
        int body = (name == null ? 0 : EVENT.length + name.length + 1) + linesLength(DATA, text);
        var frame = new ByteSink(body + (last == null ? 0 : ID.length + last.length + 1) + 1);
        if (name != null) {
            frame.put(EVENT).put(name).put('\n');
        }
        putLines(frame, DATA, text);
        if (last != null) {
            frame.put(ID).put(last).put('\n');
        }
        return new Frame(frame.put('\n').bytes(), body);
    }

    /** Encodes a comment, one line for each of the text's. */
    public static byte[] comment(String text) {
        byte[] bytes = utf8(text);
        var frame = new ByteSink(linesLength(COMMENT, bytes) + 1);
        putLines(frame, COMMENT, bytes);
        return frame.put('\n').bytes();
    }

    /** Encodes the time that a client waits before it reconnects. */
    public static byte[] retry(Duration delay) {
        return ascii("retry: " + delay.toMillis() + "\n\n");
    }

    /** Encodes an id on its own: the client remembers it, no event is dispatched. */
    public static byte[] id(String id) {
        return utf8("id: " + id + "\n\n");
    }

    private static void putLines(ByteSink frame, byte[] prefix, byte[] text) {
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\n' || b == '\r') {
                frame.put(prefix).put(text, start, i - start).put('\n');
                if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                    i++;
                }
                start = i + 1;
            }
        }
        frame.put(prefix).put(text, start, text.length - start).put('\n');
    }

    private static int linesLength(byte[] prefix, byte[] text) {
        int lines = 1;
        int breaks = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\n' || b == '\r') {
                lines++;
                breaks++;
                if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                    breaks++;
                    i++;
                }
            }
        }
        return lines * (prefix.length + 1) + text.length - breaks;
    }

    /**
     * UTF-8, with U+FFFD for what is no character, as a browser would do it. Java writes a question mark for that, and then the text does not
     * come back. A look at each character would take a server that has just been started some 40 ms for an event of 64 KiB.
     */
    private static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new String(bytes, UTF_8).equals(text) ? bytes : wellFormed(text).getBytes(UTF_8);
    }

    private static String wellFormed(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> result.appendCodePoint(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point));
        return result.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(UTF_8);
    }

    /** A byte array that is filled once, from the front. */
    private static final class ByteSink {

        private final byte[] bytes;
        private int length;

        ByteSink(int capacity) {
            bytes = new byte[capacity];
        }

        ByteSink put(byte[] source) {
            return put(source, 0, source.length);
        }

        ByteSink put(byte[] source, int offset, int count) {
            System.arraycopy(source, offset, bytes, length, count);
            length += count;
            return this;
        }

        ByteSink put(char ascii) {
            bytes[length++] = (byte) ascii;
            return this;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
