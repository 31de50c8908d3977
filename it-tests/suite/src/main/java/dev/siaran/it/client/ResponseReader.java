package dev.siaran.it.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads one HTTP/1.1 response: its head, then its body, chunked or up to the end of the connection.
 *
 * <p>Not safe for use by several threads.
 */
final class ResponseReader {

    /** What is read. */
    interface Handler {

        void head(int status, Map<String, String> headers);

        /** The next bytes of the body: those that remain. */
        void body(ByteBuffer piece);
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        COMPLETE
    }

    private final Handler handler;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private State state = State.HEAD;
    private long left;

    ResponseReader(Handler handler) {
        this.handler = handler;
    }

    /** Whether the server has said that the body is complete; a connection may also just end. */
    boolean isComplete() {
        return state == State.COMPLETE;
    }

    void accept(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && state != State.COMPLETE) {
            switch (state) {
                case HEAD -> head(bytes.get());
                case BODY, CHUNK -> body(bytes);
                default -> chunkLine(bytes.get());
            }
        }
    }

    private void body(ByteBuffer bytes) {
        int length = left < 0 ? bytes.remaining() : (int) Math.min(left, bytes.remaining());
        handler.body(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        if (left >= 0) {
            left -= length;
        }
        if (left == 0) {
            state = state == State.CHUNK ? State.CHUNK_END : State.COMPLETE;
        }
    }

    private void chunkLine(byte next) throws IOException {
        if (next != '\n') {
            text.write(next);
            return;
        }
        String line = takeText().trim();
        if (state == State.CHUNK_END) {
            if (!line.isEmpty()) {
                throw new IOException("a chunk is longer than announced: " + line);
            }
            state = State.CHUNK_SIZE;
            return;
        }
        left = Long.parseLong(line.replaceAll(";.*", ""), 16);
        state = left == 0 ? State.COMPLETE : State.CHUNK;
    }

    private void head(byte next) throws IOException {
        text.write(next);
        if (next != '\n' || !text.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            return;
        }
        String[] lines = takeText().trim().split("\r\n");
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.merge(header[0].trim(), header[1].trim(), (one, other) -> one + " | " + other);
        }
        if (headers.getOrDefault("Transfer-Encoding", "").equalsIgnoreCase("chunked")) {
            state = State.CHUNK_SIZE;
        } else {
            left = Long.parseLong(headers.getOrDefault("Content-Length", "-1"));
            state = left == 0 ? State.COMPLETE : State.BODY;
        }
        handler.head(status, headers);
    }

    private String takeText() {
        String taken = text.toString(StandardCharsets.ISO_8859_1);
        text.reset();
        return taken;
    }
}
