package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way of a response's bytes through Undertow over HTTP/1.1. Once Undertow has sent the headers, and if nothing but HTTP's chunks
 * would be put around the bytes on their way, they go straight to the connection: what the servlet API and Undertow's layers do
 * for each write costs as much as the rest of a delivery. What the socket does not take waits here, and the wire is not ready until
 * Undertow has called back and all of it is sent.
 *
 * <p>Before that, and where it cannot be (TLS, a response without chunks), Undertow writes. A buffer of one byte makes it pass
 * every write on at once; what the socket did not take then waits until somebody asks whether the output is ready.
 */
final class UndertowWire implements Wire {

    private final ServletOutputStream output;
    private final UndertowResponse response;
    private final Connection stream;

    // The container's callbacks only
    private boolean watched;
    private volatile boolean left;

    // The writer's only, but for an end that comes while a write does not return
    private @Nullable ChunkedWrite direct;
    private boolean looked;

    UndertowWire(ServletOutputStream output, UndertowResponse response, Connection stream) {
        this.output = output;
        this.response = response;
        this.stream = stream;
    }

    @Override
    public boolean isReady() {
        return direct == null ? output.isReady() : direct.isSent();
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
            return direct.flush();
        }
        if (output.isReady() && !looked) {
            looked = true;
            UndertowResponse.Socket socket = response.socket();
            direct = socket == null ? null : new ChunkedWrite(socket);
        }
        return true;
    }

    @Override
    public void writePossible() {
        if (!watched) {
            watched = true;
            response.whenLeft(cause -> {
                left = true;
                stream.failed(cause);
            });
        }
    }

    /** The socket's: the first is answered with a reset, the second fails. */
    @Override
    public int writesToNotice() {
        return direct == null ? Wire.super.writesToNotice() : 2;
    }

    /** Undertow does nothing: until somebody completes it, a response whose client has gone keeps all that it has. */
    @Override
    public boolean mayEndByItself() {
        return false;
    }

    /**
     * Undertow would take the rest of a chunk for the end of it; and what itself has left to send it would keep, with the connection, for as
     * long as the client takes nothing.
     */
    @Override
    public void end() {
        if (left || (direct == null ? !output.isReady() : !direct.isOver())) {
            response.disconnect();
        }
    }
}
