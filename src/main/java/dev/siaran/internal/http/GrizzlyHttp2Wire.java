package dev.siaran.internal.http;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;

/**
 * The way of a response's bytes through Grizzly over HTTP/2, where writes to a stream that the client has left succeed for as long as
 * its connection is open, and nobody is told: a browser that closes one of two pages would be followed for ever. So this
 * asks before each write whether the stream has been closed.
 */
final class GrizzlyHttp2Wire extends Wire.Servlet {

    private static final Logger LOG = System.getLogger(GrizzlyHttp2Wire.class.getName());

    private final Object stream;
    private final Field closeReason;

    private GrizzlyHttp2Wire(ServletOutputStream output, Object stream) throws ReflectiveOperationException {
        super(output);
        this.stream = stream;
        // Its isOpen() waits for somebody to read the request to its end
        closeReason = ServerObject.field(stream, "closeReason");
    }

    /** The wire of a response; one that does not notice a client who leaves if Grizzly does not tell its stream. */
    static Wire of(GrizzlyResponse response, ServletOutputStream output) {
        try {
            return new GrizzlyHttp2Wire(output, response.stream());
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Grizzly does not tell the stream of a response over HTTP/2", e);
            return new Wire.Servlet(output);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (closeReason.get(stream) != null) {
                throw new IOException("the client has left the stream");
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        super.write(bytes, offset, length);
    }
}
