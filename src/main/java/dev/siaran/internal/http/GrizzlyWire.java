package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The way of a response's bytes through Grizzly. Once Grizzly has sent the headers, and if nothing but HTTP/1.1's chunks
 * would be put around the bytes on their way, they go straight to the socket: the filters, queues and buffers in between
 * cost more than the system call. Of what the socket does not take Grizzly is given the next few bytes, to send them as soon as it can, and the
 * rest follows when it has; until then the wire is not ready.
 */
final class GrizzlyWire implements Wire {

    /** So little that it goes out at once when the socket has room. */
    private static final int FOR_GRIZZLY = 512;

    private final ServletOutputStream output;
    private final GrizzlyResponse response;
    private final Connection stream;

    // The writer's only, but for an end that comes while a write does not return
    private ChunkedWrite.@Nullable Socket socket;
    private final ChunkedWrite write = new ChunkedWrite();
    private @Nullable IOException failure;

    private volatile boolean full;

    GrizzlyWire(ServletOutputStream output, GrizzlyResponse response, Connection stream) {
        this.output = output;
        this.response = response;
        this.stream = stream;
    }

    @Override
    public boolean isReady() {
        return socket == null ? output.isReady() : !full && (write.isOver() || isSent(socket));
    }

    /** Sends what waits, as far as the socket takes it. The next write or flush tells if that failed. */
    private boolean isSent(ChunkedWrite.Socket to) {
        try {
            if (!write.send(to)) {
                leave();
                return false;
            }
        } catch (IOException e) {
            failure = e;
        }
        return true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        throwFailure();
        if (socket == null) {
            output.write(bytes, offset, length);
            return;
        }
        write.begin(bytes, offset, length);
        if (!write.send(socket)) {
            leave();
        }
    }

    /** Gives Grizzly the next of what the socket did not take. It may have sent that, and have called back, when this returns. */
    private void leave() throws IOException {
        full = true;
        byte[] next = write.take(FOR_GRIZZLY);
        response.send(next, next.length);
        response.whenSent(this::drained, stream::failed);
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private void drained() {
        full = false;
        stream.ready();
    }

    /** Grizzly sends its queue by itself, so nobody needs to ask. */
    @Override
    public boolean flush() throws IOException {
        if (socket != null) {
            throwFailure();
            return !full && write.isOver();
        }
        output.flush();
        SocketChannel own = response.socket();
        socket = own == null ? null : own::write;
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
        if (socket == null ? !output.isReady() : full || !write.isOver()) {
            response.disconnect();
        }
    }
}
