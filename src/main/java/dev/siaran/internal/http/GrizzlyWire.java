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
    private @Nullable ChunkedWrite direct;

    /** Whether Grizzly has bytes that it has not sent. */
    private volatile boolean full;

    GrizzlyWire(ServletOutputStream output, GrizzlyResponse response, Connection stream) {
        this.output = output;
        this.response = response;
        this.stream = stream;
    }

    @Override
    public boolean isReady() {
        return direct == null ? output.isReady() : !full && direct.isSent();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (direct == null) {
            output.write(bytes, offset, length);
        } else {
            direct.write(bytes, offset, length);
        }
    }

    @Override
    public boolean flush() throws IOException {
        if (direct != null) {
            return !full && direct.flush();
        }
        output.flush();
        SocketChannel socket = response.socket();
        direct = socket == null ? null : new ChunkedWrite(new Socket(socket));
        return true;
    }

    private final class Socket implements ChunkedWrite.Socket {

        private final SocketChannel channel;

        Socket(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            channel.write(bytes);
        }

        /** Grizzly does when it has sent what it is given here. It may have, and have called back, when this returns. */
        @Override
        public void callBack(ChunkedWrite left) throws IOException {
            full = true;
            boolean given = false;
            try {
                byte[] next = left.take(FOR_GRIZZLY);
                response.send(next, next.length);
                response.whenSent(this::drained, stream::failed);
                given = true;
            } finally {
                if (!given) {
                    full = false;
                }
            }
        }

        private void drained() {
            full = false;
            stream.ready();
        }
    }

    /** The socket's: the first is answered with a reset, the second fails. */
    @Override
    public int writesToNotice() {
        return direct == null ? Wire.super.writesToNotice() : 2;
    }

    /** Not of what has failed at the socket, which Grizzly has not seen. */
    @Override
    public boolean mayEndByItself() {
        return direct == null;
    }

    /** Grizzly would keep the connection until all is sent, and there is no limit of time to that. */
    @Override
    public void end() {
        if (direct == null ? !output.isReady() : full || !direct.isOver()) {
            response.disconnect();
        }
    }
}
