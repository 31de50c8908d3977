package dev.siaran.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Grizzly (Payara, GlassFish).
 *
 * <p>Each write of a thread that is not Grizzly's own takes a new buffer, 8 KB by default, for however few bytes; what the
 * servlet API asks for can only make it larger. Grizzly's own response can make it smaller: 512 bytes, and more bytes than that are
 * written without a copy.
 *
 * <p>A response is ready until four times the socket's send buffer, some 10 MB, is queued in the heap for a client that
 * takes nothing. With a bound of its own the queue of such a client stays short and is noticed at once.
 */
enum GrizzlyQuirk implements ServerQuirk {
    INSTANCE;

    private static final Logger LOG = System.getLogger(GrizzlyQuirk.class.getName());

    private static final String GRIZZLY_RESPONSE = "org.glassfish.grizzly.http.server.Response";

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

    @Override
    public void beforeHandshake(ServletRequest request, ServletResponse response) {
        try {
            // By name: a server shows its applications only the servlet API
            Object own = grizzlyRequest(call(ServerQuirk.unwrapped(request), "getUnwrappedCoyoteRequest"));
            set(call(call(own, "getResponse"), "getOutputBuffer"), "setBufferSize", BUFFER);
            if (request.getProtocol().startsWith("HTTP/1.")) {
                // A connection of HTTP/2 has other streams besides this one
                set(call(call(own, "getContext"), "getConnection"), "setMaxAsyncWriteQueueSize", QUEUE);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Grizzly does not tell its part of a response", e);
        }
    }

    /** Grizzly sends its queue by itself, so nobody needs to ask. */
    @Override
    public boolean flush(ServletOutputStream output) throws IOException {
        output.flush();
        return true;
    }

    /** Payara's name for it, else that of GlassFish 8. */
    private static Object grizzlyRequest(Object request) throws ReflectiveOperationException {
        try {
            return call(request, "getCoyoteRequest");
        } catch (NoSuchMethodException e) {
            return call(request, "getGrizzlyRequest");
        }
    }

    private static Object call(Object target, String getter) throws ReflectiveOperationException {
        return target.getClass().getMethod(getter).invoke(target);
    }

    private static void set(Object target, String setter, int value) throws ReflectiveOperationException {
        target.getClass().getMethod(setter, int.class).invoke(target, value);
    }
}
