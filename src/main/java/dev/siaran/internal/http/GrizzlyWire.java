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
        for (int end = offset + length, from = offset; from < end; ) {
            int through = Math.min(end, from + Chunks.LENGTH);
            ByteBuffer chunk = Chunks.of(bytes, from, through - from);
            socket.write(chunk);
            if (chunk.hasRemaining()) {
                leave(Chunks.rest(chunk, bytes, through, end - through));
                return;
            }
            from = through;
        }
    }

    /** Gives Grizzly what the socket did not take. It may have sent that, and have called back, when this returns. */
    private void leave(byte[] rest) throws IOException {
        full = true;
        response.send(rest, rest.length);
        response.whenSent(this::drained, stream::failed);
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

    /** The socket's: the first is answered with a reset, the second fails. */
    @Override
    public int writesToNotice() {
        return socket == null ? Wire.super.writesToNotice() : 2;
    }

    /** Not of what has failed at the socket, which Grizzly has not seen. */
    @Override
    public boolean mayEndByItself() {
        return socket == null;
    }

    /** Grizzly would keep the connection until all is sent, and there is no limit of time to that. */
    @Override
    public void end() {
        if (!isReady()) {
            response.disconnect();
        }
    }
}
