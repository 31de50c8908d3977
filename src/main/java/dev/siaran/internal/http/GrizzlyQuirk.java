package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Grizzly (Payara, GlassFish).
 *
 * <p>Each write of a thread that is not Grizzly's own takes a new buffer, 8 KB by default, for however few bytes; what the
 * servlet API asks for can only make it larger. Grizzly's own response can make it smaller: 512 bytes, and more bytes than that are
 * written without a copy.
 *
 * <p>A response is ready until four times the socket's send buffer, some 10 MB, is queued in the heap for a client that
 * takes nothing. With a bound of its own the queue of such a client stays short and is noticed at once.
 *
 * <p>Whoever completes a response serves the request that its client has sent behind it, if there is one, and would wait with all other
 * clients of the shard for whatever that request waits for. So such a response is completed by one of Grizzly's own threads.
 */
enum GrizzlyQuirk implements ServerQuirk {
    INSTANCE;

    private static final String GRIZZLY_RESPONSE = "org.glassfish.grizzly.http.server.Response";

    private static final String ATTRIBUTE = GrizzlyResponse.class.getName();

    /** Grizzly's own minimum. */
    private static final int BUFFER = 512;

    /** About one write of the fan-out; the kernel's send buffer comes on top. */
    private static final int QUEUE = 64 << 10;

    /** Whether the servlet container that a response comes from stands on Grizzly; Tomcat's class has the same name. */
    static boolean isBelow(ServletResponse response) {
        Class<?> container = response.getClass();
        if (!container.getName().startsWith("org.apache.catalina.")) {
            return false;
        }
        try {
            Class.forName(GRIZZLY_RESPONSE, false, container.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Looked for once, and kept with the request. */
    private static @Nullable GrizzlyResponse responseTo(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof GrizzlyResponse found) {
            return found;
        }
        GrizzlyResponse own = GrizzlyResponse.to(request);
        request.setAttribute(ATTRIBUTE, own);
        return own;
    }

    @Override
    public HttpServletRequest seen(HttpServletRequest request) {
        return new GrizzlyRequest(request);
    }

    @Override
    public void beforeHandshake(ServletRequest request, ServletResponse response) {
        GrizzlyResponse own = responseTo(request);
        if (own != null) {
            own.setBufferSize(BUFFER);
            if (request.getProtocol().startsWith("HTTP/1.")) {
                // A connection of HTTP/2 has other streams besides this one
                own.setQueueSize(QUEUE);
            }
        }
    }

    @Override
    public Wire wire(ServletRequest request, ServletOutputStream output, Connection stream) {
        GrizzlyResponse own = responseTo(request);
        if (own == null) {
            return new Wire.Servlet(output);
        }
        return request.getProtocol().startsWith("HTTP/1.")
                ? new GrizzlyWire(output, own, stream)
                : GrizzlyHttp2Wire.of(own, output);
    }

    @Override
    public Executor completer(ServletRequest request) {
        GrizzlyResponse own = responseTo(request);
        return own != null && own.isFollowed() ? own.workers() : ServerQuirk.super.completer(request);
    }
}
