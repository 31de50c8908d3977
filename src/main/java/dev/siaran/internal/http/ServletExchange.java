package dev.siaran.internal.http;

import dev.siaran.internal.config.IpAddress;
import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Leases;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response on their way through the servlet filter, and the connection that a resource has put in their
 * care. The Jakarta REST runtime commits the response; once it has returned, the connection takes the response over.
 *
 * <p>The request's thread only, except where a method says otherwise.
 */
final class ServletExchange {

    private static final Logger LOG = System.getLogger(ServletExchange.class.getName());

    /** The exchange whose request this thread serves. Set and cleared by the filter alone. */
    private static final ThreadLocal<ServletExchange> CURRENT = new ThreadLocal<>();

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ServerQuirk quirk;
    private final Supplier<Beans> beans;
    private final @Nullable HandshakeResponse handshake;
    private final long begun = System.nanoTime();
    private boolean writtenBefore;
    private @Nullable Connection connection;
    private @Nullable SinkOutlet fallback;
    private OpenResponses responses = new OpenResponses();
    private @Nullable BlockingWriters writers;
    private byte @Nullable [] lastWords;
    private @Nullable TakenResponse taken;

    /**
     * An exchange that has not begun.
     *
     * @param beans those of the web application
     */
    ServletExchange(
            HttpServletRequest request, HttpServletResponse response, ServerQuirk quirk, Supplier<Beans> beans) {
        this.request = request;
        this.response = response;
        this.quirk = quirk;
        this.beans = beans;
        this.handshake = UncompressedRequest.isForStream(request) ? new HandshakeResponse(response) : null;
    }

    /** The exchange of this thread; null where no servlet container passes requests through the filter. */
    static @Nullable ServletExchange current() {
        return CURRENT.get();
    }

    /** Passes the request on, then lets a connection that was put in care take the response over. */
    void pass(FilterChain chain) throws IOException, ServletException {
        ServletExchange outer = CURRENT.get();
        CURRENT.set(this);
        boolean returned = false;
        try {
            chain.doFilter(quirk.seen(request), handshake == null ? response : handshake);
            returned = true;
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
            if (connection != null) {
                if (returned) {
                    takeOver(connection);
                } else {
                    connection.close();
                }
            }
            if (handshake != null) {
                handshake.end();
            }
            if (lastWords != null && returned) {
                end(lastWords);
            }
        }
    }

    /** The beans of the web application. */
    Beans beans() {
        return beans.get();
    }

    /** How long ago the request came to the filter, in nanoseconds. */
    long age() {
        return System.nanoTime() - begun;
    }

    /** The method of the HTTP request. */
    String method() {
        return request.getMethod();
    }

    /** What stands for the session of the request, null if it has none: the stream ends with it. */
    @Nullable
    String session(Leases leases) {
        return SessionStreams.keyOf(request, leases);
    }

    /** The address that the client is counted by, null if nobody knows it. */
    @Nullable
    IpAddress network(ClientAddresses addresses) {
        return addresses.network(request);
    }

    /** Readies the response for a stream; before anything is written to it. */
    void prepare() {
        StreamHeaders.set(response::setHeader);
        try {
            quirk.beforeHandshake(request, response);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "a filter has written before the stream", e);
            writtenBefore = true;
        }
    }

    /**
     * Puts a stream in care, before the runtime is asked to commit the response.
     *
     * @param sink serves the stream if the response cannot be taken over
     * @param transports the threads that may wait for the client, if any has to, and the responses that are open
     */
    void entrust(Connection stream, SinkOutlet sink, Transports transports) {
        connection = stream;
        fallback = sink;
        writers = transports.blockingWriters(this);
        responses = transports.responses();
        if (writers == null && handshake != null) {
            handshake.hold();
        }
    }

    /** Whether a writer that asked not to wait has to: for this container, or for what filters have put around its output. */
    boolean isBlocking() {
        return quirk.isBlocking() || request instanceof HeldRequest || writtenBefore || !isOutputOfContainer();
    }

    /** What makes a write return that a thread waits in. */
    Consumer<Thread> writeBreaker() {
        return quirk.writeBreaker(request);
    }

    /** A filter's own output seldom knows of listeners and of being ready, and may write more often than it is written to. */
    private boolean isOutputOfContainer() {
        ServletResponse own = ServerQuirk.unwrapped(response);
        try {
            return own == response || own.getOutputStream() == response.getOutputStream();
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "the output of the container cannot be had", e);
            return false;
        }
    }

    /** Ends the response with some bytes, once the runtime has committed it. */
    void endWith(byte[] bytes) {
        lastWords = bytes;
    }

    private void end(byte[] bytes) {
        if (!request.isAsyncStarted()) {
            return;
        }
        try {
            response.getOutputStream().write(bytes);
            response.getOutputStream().flush();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client left before it was told when to come back", e);
        } finally {
            request.getAsyncContext().complete();
        }
    }

    /**
     * Lets the connection have the response. One that gets neither that nor the sink ends, whatever has failed, and with it the response:
     * nobody else would end them.
     */
    private void takeOver(Connection stream) throws IOException {
        boolean done = false;
        try {
            open(stream);
            done = true;
        } finally {
            if (!done) {
                stream.close();
                if (taken != null) {
                    taken.complete(Runnable::run);
                }
            }
        }
    }

    private void open(Connection stream) throws IOException {
        if (!request.isAsyncStarted() || response.getStatus() != HttpServletResponse.SC_OK) {
            LOG.log(Level.DEBUG, () -> stream + ": the request was answered otherwise, with " + response.getStatus());
            stream.close();
            return;
        }
        String encoding = response.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            // Raw bytes would end up in the middle of a compressed stream
            useSink(stream);
            return;
        }
        try {
            ServletOutputStream output = response.getOutputStream();
            var own = new TakenResponse(request.getAsyncContext(), stream, responses);
            taken = own;
            if (handshake != null && handshake.hasClientLeft()) {
                // Some containers never call back once a write has failed
                stream.lost(new IOException("a write has failed"));
                own.complete(Runnable::run);
            } else if (writers == null) {
                var outlet = new ServletOutlet(own, quirk.wire(request, output, stream), quirk.completer(request));
                output.setWriteListener(outlet);
                if (handshake != null) {
                    outlet.begin(handshake.take());
                }
                stream.open(outlet);
            } else {
                stream.open(new BlockingOutlet(own, output, writers, writeBreaker()));
            }
        } catch (IOException | IllegalStateException | UnsupportedOperationException e) {
            LOG.log(
                    Level.WARNING,
                    stream + ": the response could not be taken over, the slower SseEventSink is used",
                    e);
            useSink(stream);
        }
    }

    private void useSink(Connection stream) throws IOException {
        if (handshake != null) {
            handshake.release();
        }
        if (fallback != null) {
            fallback.openFor(stream, writeBreaker());
        }
    }
}
