package dev.siaran.internal.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a wire sends to its socket by itself, in the chunked transfer coding of HTTP/1.1: one write after the other. What the socket does not take
 * waits here without a copy, for many connections are sent the same bytes, and a thousand that take nothing wait for the same large event.
 *
 * <p>Not safe for use by several threads.
 */
final class ChunkedWrite {

    /** Where the bytes go. */
    interface Socket {

        /** Takes as many bytes as it has room for. */
        void write(ByteBuffer bytes) throws IOException;

        /** Calls the connection back once there is room; some of what is left may be taken for that. */
        void callBack(ChunkedWrite left) throws IOException;
    }

    /**
     * Bytes that may wait in the kernel for a client that takes them slowly, or not at all. Left alone it would take up to some megabytes for each,
     * which are old when they arrive, and which a crowd of clients that take nothing would have of all the kernel's memory for TCP. Linux doubles
     * this for what it needs itself; it is enough for a megabyte in a second to the other end of the world.
     */
    private static final int SEND_BUFFER = 128 << 10;

    private static final byte[] NOTHING = {};

    private final Socket socket;
    private @Nullable IOException failure;
    private byte[] bytes = NOTHING;

    // The first byte of the chunk that is under way, the end of the last one, and how much of the former is sent, its
    // framing included
    private int from;
    private int end;
    private int sent;

    ChunkedWrite(Socket socket) {
        this.socket = socket;
    }

    /** Bounds what the kernel takes for a client that does not. */
    static void bound(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    }

    /** Sends bytes, which never change, as far as the socket takes them. The write before is over, or has failed. */
    void write(byte[] next, int offset, int length) throws IOException {
        throwFailure();
        bytes = next;
        from = offset;
        end = offset + length;
        send();
    }

    /**
     * Sends what is left, as far as the socket takes it; if that is not all, the socket calls back. The next write or flush tells if it failed.
     *
     * @return false if the socket calls back
     */
    boolean isSent() {
        try {
            if (failure == null && !send()) {
                socket.callBack(this);
                return false;
            }
        } catch (IOException e) {
            failure = e;
        }
        return true;
    }

    /** As {@link #isSent}, but tells at once what has failed. */
    boolean flush() throws IOException {
        boolean over = isSent();
        throwFailure();
        return over;
    }

    /** Whether nothing is left to be sent. */
    boolean isOver() {
        return from == end;
    }

    private boolean send() throws IOException {
        while (!isOver()) {
            ByteBuffer chunk = chunk();
            socket.write(chunk);
            if (!isPassed(chunk)) {
                return false;
            }
        }
        return true;
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
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
