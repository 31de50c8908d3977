package dev.siaran.it.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads an HTTP/1.1 response as it comes: the head, then a body that is chunked or lasts until the connection ends.
 *
 * <p>For one thread.
 */
final class ResponseParser {

    private static final int MAX_HEAD = 16 << 10;

    private enum State {
        HEAD,
        PLAIN,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK,
        CHUNK_END,
        END
    }

    private final EventParser events;
    private final StringBuilder head = new StringBuilder();

    private State state = State.HEAD;
    private int status;
    private long left;

    ResponseParser(EventParser events) {
        this.events = events;
    }

    /** The status code; 0 until the head is complete. */
    int status() {
        return status;
    }

    /** Whether the body has come to its regular end. */
    boolean isEnded() {
        return state == State.END;
    }

    /** Takes the next bytes. */
    void parse(byte[] bytes, int length) {
        int i = 0;
        while (i < length) {
            switch (state) {
                case PLAIN -> {
                    events.parse(bytes, i, length);
                    i = length;
                }
                case CHUNK -> {
                    int end = (int) Math.min(length, i + left);
                    events.parse(bytes, i, end);
                    left -= end - i;
                    i = end;
                    if (left == 0) {
                        state = State.CHUNK_END;
                    }
                }
                default -> take((char) (bytes[i++] & 0xff));
            }
        }
    }

    private void take(char c) {
        switch (state) {
            case HEAD -> {
                head.append(c);
                if (c == '\n') {
                    endHeadLine();
                }
            }
            case CHUNK_SIZE -> {
                int digit = Character.digit(c, 16);
                if (digit >= 0) {
                    left = left * 16 + digit;
                } else {
                    state = State.CHUNK_EXTENSION;
                    take(c);
                }
            }
            case CHUNK_EXTENSION -> {
                if (c == '\n') {
                    state = left == 0 ? State.END : State.CHUNK;
                }
            }
            case CHUNK_END -> {
                if (c == '\n') {
                    left = 0;
                    state = State.CHUNK_SIZE;
                }
            }
            default -> {
                // What follows the end is nobody's
            }
        }
    }

    private void endHeadLine() {
        int length = head.length();
        if (length > MAX_HEAD) {
            throw new IllegalStateException("a response head of more than " + MAX_HEAD + " bytes");
        }
        if (length < 4 || !head.substring(length - 4).equals("\r\n\r\n")) {
            return;
        }
        String text = head.toString().toLowerCase(Locale.ROOT);
        status = Integer.parseInt(text, 9, 12, 10);
        state = text.contains("\r\ntransfer-encoding: chunked") ? State.CHUNK_SIZE : State.PLAIN;
        head.setLength(0);
        head.trimToSize();
    }

    /** A request for a stream. */
    static byte[] request(String host, String path, byte[] lastId) {
        String resume =
                lastId.length == 0 ? "" : "Last-Event-ID: " + new String(lastId, StandardCharsets.UTF_8) + "\r\n";
        return ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/event-stream\r\n" + resume + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
