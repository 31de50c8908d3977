package dev.siaran.internal.http;

import static dev.siaran.internal.http.ServerObject.call;
import static dev.siaran.internal.http.ServerObject.get;
import static dev.siaran.internal.http.ServerObject.method;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The way of a response's bytes through Undertow over HTTP/2, where a write only fills a buffer, and a flush makes a frame of it. Of a
 * frame that the client's window does not hold, the rest goes back into the buffer and stays there until somebody writes or flushes
 * again; the servlet API does not tell. So this asks the stream itself: until all is sent the wire is not ready, and Undertow
 * calls back when a frame has gone out.
 */
final class UndertowHttp2Wire extends Wire.Servlet {

    private static final Logger LOG = System.getLogger(UndertowHttp2Wire.class.getName());

    private final Object stream;
    private final Method streamFlush;
    private final Method resumeWrites;

    // Set by the writer before it asks for the callback, which clears it: nobody may write while Undertow does
    private volatile boolean sending;

    private UndertowHttp2Wire(ServletOutputStream output, Object stream) throws NoSuchMethodException {
        super(output);
        this.stream = stream;
        this.streamFlush = method(stream, "flush");
        this.resumeWrites = method(stream, "resumeWrites");
    }

    /**
     * The wire of the response to a request, null if it did not come over HTTP/2; one that may send the end of an event only with the
     * next one if Undertow does not tell its stream.
     */
    static Wire.@Nullable Servlet of(ServletRequest request, ServletOutputStream output) {
        if (!request.getProtocol().startsWith("HTTP/2")) {
            return null;
        }
        try {
            Object connection = call(call(ServerQuirk.unwrapped(request), "getExchange"), "getConnection");
            return new UndertowHttp2Wire(output, get(connection, "responseChannel"));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Undertow does not tell the stream of a response over HTTP/2", e);
            return new Wire.Servlet(output);
        }
    }

    @Override
    public boolean isReady() {
        return !sending && super.isReady();
    }

    @Override
    public void writePossible() {
        sending = false;
    }

    /** Sends what was written; false also if it has not all gone out. */
    @Override
    public boolean flush() throws IOException {
        if (sending || !super.flush()) {
            return false;
        }
        if ((Boolean) ask(streamFlush)) {
            return true;
        }
        sending = true;
        ask(resumeWrites);
        return false;
    }

    private Object ask(Method method) throws IOException {
        try {
            return method.invoke(stream);
        } catch (InvocationTargetException e) {
            throw new IOException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
