package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What one servlet container does differently. The default is a container that does as the specification says. */
interface ServerQuirk {

    /** A request as those behind the filter are to see it. */
    default HttpServletRequest seen(HttpServletRequest request) {
        return request;
    }

    /** Called before anything is written. */
    default void beforeHandshake(ServletRequest request, ServletResponse response) {}

    /** The way of a stream's bytes to its client. */
    default Wire wire(ServletRequest request, ServletOutputStream output, Connection stream) {
        return new Wire.Servlet(output);
    }

    /** Whether a write waits for the client although the output said that it was ready. */
    default boolean isBlocking() {
        return false;
    }

    /** What makes a blocking write return that a thread waits in. */
    default Consumer<Thread> writeBreaker(ServletRequest request) {
        return Thread::interrupt;
    }

    /** Where to complete a response that has been written to. */
    default Executor completer(ServletRequest request) {
        return Runnable::run;
    }

    /** The quirk of the container that a response comes from. */
    static ServerQuirk of(ServletResponse response) {
        ServletResponse own = unwrapped(response);
        String container = own.getClass().getName();
        if (container.startsWith("io.undertow.")) {
            return UndertowQuirk.INSTANCE;
        }
        if (GrizzlyQuirk.isBelow(own)) {
            return GrizzlyQuirk.INSTANCE;
        }
        return LibertyQuirk.isOf(container) ? LibertyQuirk.INSTANCE : None.INSTANCE;
    }

    /** The container's own response, below what filters have put around it. */
    static ServletResponse unwrapped(ServletResponse response) {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            inner = wrapper.getResponse();
        }
        return inner;
    }

    /** The container's own request, below what filters have put around it. */
    static ServletRequest unwrapped(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    /** A container without quirks. */
    enum None implements ServerQuirk {
        INSTANCE
    }
}
