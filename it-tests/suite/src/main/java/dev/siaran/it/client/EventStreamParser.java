package dev.siaran.it.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Interprets an event stream as it comes, in pieces, as WHATWG HTML, "9.2.6 Interpreting an event stream", has it.
 *
 * <p>Not safe for use by several threads.
 */
final class EventStreamParser {

    /** What is found, in the order of the stream. */
    interface Handler {

        /** A line, its ending taken off; called before anything else that the line causes. */
        void line(String line);

        void event(String type, String data, String lastEventId);

        void retry(long millis);
    }

    private final Handler handler;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String lastEventIdBuffer;
    private String lastEventId;
    private boolean afterCarriageReturn;
    private boolean first = true;

    /** A stream that begins with the id that the last stream of this client ended with. */
    EventStreamParser(String lastEventId, Handler handler) {
        this.lastEventIdBuffer = lastEventId;
        this.lastEventId = lastEventId;
        this.handler = handler;
    }

    /** The next bytes of the stream: those that remain. */
    void accept(ByteBuffer piece) {
        int begin = piece.position();
        for (int i = begin; i < piece.limit(); i++) {
            byte next = piece.get(i);
            if (next != '\n' && next != '\r') {
                afterCarriageReturn = false;
                continue;
            }
            append(piece, begin, i);
            begin = i + 1;
            if (next == '\r' || !afterCarriageReturn) {
                endOfLine();
            }
            afterCarriageReturn = next == '\r';
        }
        append(piece, begin, piece.limit());
    }

    private void append(ByteBuffer piece, int begin, int end) {
        byte[] part = new byte[end - begin];
        piece.get(begin, part);
        line.writeBytes(part);
    }

    private void endOfLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        first = false;
        handler.line(text);
        int colon = text.indexOf(':');
        if (text.isEmpty()) {
            dispatch();
        } else if (colon < 0) {
            field(text, "");
        } else if (colon > 0) {
            String value = text.substring(colon + 1);
            field(text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    lastEventIdBuffer = value;
                }
            }
            case "retry" -> {
                if (value.matches("[0-9]+")) {
                    handler.retry(Long.parseLong(value));
                }
            }
            default -> {
                // ignored, as the specification wants it
            }
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            handler.event(type.isEmpty() ? "message" : type, data.toString(), lastEventIdBuffer);
        }
        lastEventId = lastEventIdBuffer;
        data.setLength(0);
        type = "";
    }

    /** The id that a reconnecting client sends: that of the last block that was complete. */
    String lastEventId() {
        return lastEventId;
    }
}
