package dev.siaran.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a wire has to send to its socket, in the chunked transfer coding of HTTP/1.1: one write after the other. What the socket does not take
 * waits here without a copy, for many connections are sent the same bytes, and a thousand that take nothing wait for the same large event.
 *
 * <p>Not safe for use by several threads.
 */
final class ChunkedWrite {

    /** Where the bytes go. */
    interface Socket {

        /** Takes as many bytes as it has room for. */
        void write(ByteBuffer bytes) throws IOException;
    }

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;

    // The first byte of the chunk that is under way, the end of the last one, and how much of the former is sent, its
    // framing included
    private int from;
    private int end;
    private int sent;

    /** Begins with other bytes, which never change. The write before is over. */
    void begin(byte[] next, int offset, int length) {
        bytes = next;
        from = offset;
        end = offset + length;
    }

    /** Whether nothing is left to be sent. */
    boolean isOver() {
        return from == end;
    }

    /**
     * Sends what the socket takes.
     *
     * @return whether that is all
     */
    boolean send(Socket socket) throws IOException {
        while (!isOver()) {
            ByteBuffer chunk = chunk();
            socket.write(chunk);
            if (!isPassed(chunk)) {
                return false;
            }
        }
        return true;
    }

    /** The next few bytes, for somebody else to send. */
    byte[] take(int most) {
        ByteBuffer chunk = chunk();
        byte[] taken = new byte[Math.min(most, chunk.remaining())];
        chunk.get(taken);
        isPassed(chunk);
        return taken;
    }

    private ByteBuffer chunk() {
        return Chunks.of(bytes, from, length()).position(sent);
    }

    private int length() {
        return Math.min(end - from, Chunks.LENGTH);
    }

    private boolean isPassed(ByteBuffer chunk) {
        if (chunk.hasRemaining()) {
            sent = chunk.position();
            return false;
        }
        from += length();
        sent = 0;
        if (isOver()) {
            bytes = NOTHING;
            from = 0;
            end = 0;
        }
        return true;
    }
}
