package dev.siaran.internal.http;

import static dev.siaran.internal.http.ServerObject.call;

import dev.siaran.internal.hub.Connection;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/**
 * Undertow (WildFly, embedded).
 *
 * <p>A non-blocking flush that sends its buffer only in part leaves the rest until the next write. A buffer of one byte makes
 * every write pass it by: header, data and end of a chunk go to the socket in one gathering write, nothing needs a flush, and
 * a connection holds 1 KB of direct memory instead of 16. How its bytes go then: {@link UndertowWire}, and over HTTP/2, where that does not
 * hold, {@link UndertowHttp2Wire}.
 *
 * <p>A response that is completed by any thread but its own I/O thread, and whose client has gone unnoticed, is logged as an
 * error with a stack trace (UT005088); completed by its I/O thread, it is a line at DEBUG. (A client that a write finds gone
 * is logged so by Undertow itself: docs/servers.adoc says how to silence it.)
 */
enum UndertowQuirk implements ServerQuirk {
    INSTANCE;

    private static final Logger LOG = System.getLogger(UndertowQuirk.class.getName());

    @Override
    public void beforeHandshake(ServletRequest request, ServletResponse response) {
        response.setBufferSize(1);
    }

    @Override
    public Wire wire(ServletRequest request, ServletOutputStream output, Connection stream) {
        Wire http2 = UndertowHttp2Wire.of(request, output);
        return http2 == null ? new UndertowWire(output, new UndertowResponse(request), stream) : http2;
    }

    @Override
    public Executor completer(ServletRequest request) {
        try {
            return (Executor) call(call(ServerQuirk.unwrapped(request), "getExchange"), "getIoThread");
        } catch (ReflectiveOperationException | ClassCastException e) {
            LOG.log(Level.DEBUG, "Undertow does not tell the I/O thread of a request", e);
            return Runnable::run;
        }
    }
}
