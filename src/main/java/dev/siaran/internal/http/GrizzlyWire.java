package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The way of a response's bytes through Grizzly. Once Grizzly has sent the headers, and if nothing but HTTP/1.1's chunks
 * would be put around the bytes on their way, they go straight to the socket: the filters, queues and buffers in between
 * cost more than the system call. What the socket does not take is given to Grizzly, which sends it as soon as it can; until
 * then the wire is not ready.
 */
final class GrizzlyWire implements Wire {

    /** The most bytes of one chunk; larger writes are several. */
    private static final int CHUNK = 64 << 10;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int FRAMING = 12;

    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(CHUNK + FRAMING));

    private final ServletOutputStream output;
    private final GrizzlyResponse response;
    private final Connection stream;

    private @Nullable SocketChannel socket;
    private volatile boolean full;

    GrizzlyWire(ServletOutputStream output, GrizzlyResponse response, Connection stream) {
        this.output = output;
        this.response = response;
        this.stream = stream;
    }

    @Override
    public boolean isReady() {
        return socket == null ? output.isReady() : !full;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (socket == null) {
            output.write(bytes, offset, length);
            return;
        }
        ByteBuffer buffer = BUFFER.get();
        for (int end = offset + length, from = offset; from < end && !full; ) {
            int through = Math.min(end, from + CHUNK);
            putChunk(buffer.clear(), bytes, from, through - from);
            socket.write(buffer.flip());
            if (buffer.hasRemaining()) {
                leave(buffer, bytes, through, end - through);
            }
            from = through;
        }
    }

    /** Gives Grizzly what the socket did not take: the rest of a chunk, and what has not become one yet. */
    private void leave(ByteBuffer restOfChunk, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(restOfChunk.remaining() + length + FRAMING);
        rest.put(restOfChunk);
        if (length > 0) {
            putChunk(rest, bytes, offset, length);
        }
        full = true;
        response.send(rest.array(), rest.position());
        response.whenSent(this::drained, stream::lost);
    }

    private static void putChunk(ByteBuffer target, byte[] bytes, int offset, int length) {
        putHex(target, length);
        target.put(LINE_END).put(bytes, offset, length).put(LINE_END);
    }

    private static void putHex(ByteBuffer buffer, int number) {
        for (int shift = 28 - Integer.numberOfLeadingZeros(number) / 4 * 4; shift >= 0; shift -= 4) {
            buffer.put((byte) Character.forDigit(number >> shift & 0xf, 16));
        }
    }

    private void drained() {
        full = false;
        stream.ready();
    }

    /** Grizzly sends its queue by itself, so nobody needs to ask. */
    @Override
    public boolean flush() throws IOException {
        if (socket == null) {
            output.flush();
            socket = response.socket();
        }
        return true;
    }
}
