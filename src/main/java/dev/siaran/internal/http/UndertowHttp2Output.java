package dev.siaran.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The non-blocking output of Undertow over HTTP/2, where a write only fills a buffer and a flush makes a frame of it. Of a frame that the
 * client's window does not hold, the rest goes back into the buffer, and stays there until somebody writes or flushes again; the servlet
 * API does not tell. So this asks the stream itself: until all is sent the output is not ready, and Undertow calls back
 * when a frame has gone out.
 *
 * <p>Used by one thread at a time, as the outlet that writes to it; the container calls back on a thread of its own.
 */
final class UndertowHttp2Output extends ServletOutputStream {

    private static final Logger LOG = System.getLogger(UndertowHttp2Output.class.getName());

    private static final String HTTP2_CONNECTION = "io.undertow.server.protocol.http2.Http2ServerConnection";

    private final ServletOutputStream output;
    private final Object stream;
    private final Method flush;
    private final Method resumeWrites;

    // Set by the writer, before it asks for the callback that clears it: nobody may write while that is under way
    private volatile boolean sending;

    private UndertowHttp2Output(ServletOutputStream output, Object stream) throws NoSuchMethodException {
        this.output = output;
        this.stream = stream;
        this.flush = stream.getClass().getMethod("flush");
        this.resumeWrites = stream.getClass().getMethod("resumeWrites");
    }

    /** The output of a response: this one over HTTP/2 on Undertow, else the response's own. */
    static ServletOutputStream of(ServletResponse response) throws IOException {
        ServletOutputStream output = response.getOutputStream();
        ServletResponse own = ServerQuirk.unwrapped(response);
        if (!own.getClass().getName().startsWith("io.undertow.")) {
            return output;
        }
        try {
            // By name: a server shows its applications only the servlet API
            Object exchange = own.getClass().getMethod("getExchange").invoke(own);
            Object connection = exchange.getClass().getMethod("getConnection").invoke(exchange);
            if (!connection.getClass().getName().equals(HTTP2_CONNECTION)) {
                return output;
            }
            Field channel = connection.getClass().getDeclaredField("responseChannel");
            channel.setAccessible(true);
            return new UndertowHttp2Output(output, channel.get(connection));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Undertow does not tell the stream of a response", e);
            return output;
        }
    }

    /**
     * Sends what was written.
     *
     * @return false if it has not all gone out; then the write listener is called, and this has to be called again
     */
    boolean send() throws IOException {
        if (!isReady()) {
            return false;
        }
        output.flush();
        if ((Boolean) call(flush)) {
            return true;
        }
        sending = true;
        call(resumeWrites);
        return false;
    }

    private Object call(Method method) throws IOException {
        try {
            return method.invoke(stream);
        } catch (InvocationTargetException e) {
            throw new IOException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isReady() {
        return !sending && output.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        output.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() throws IOException {
                sending = false;
                listener.onWritePossible();
            }

            @Override
            public void onError(Throwable failure) {
                listener.onError(failure);
            }
        });
    }

    @Override
    public void write(int oneByte) throws IOException {
        output.write(oneByte);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        output.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
