package dev.siaran.internal.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request that its container does not let be asynchronous, because some filter before is not. To those behind it looks
 * asynchronous; its thread waits at the end of the chain instead, until the response is complete.
 */
final class HeldRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;

    // Set by the request's thread, before any other sees the request
    private @Nullable HeldContext context;

    HeldRequest(HttpServletRequest request, HttpServletResponse response) {
        super(request);
        this.response = response;
    }

    /** Waits for the end of the response, if somebody has made the request asynchronous. */
    void awaitEnd() {
        if (context != null) {
            context.awaitEnd();
        }
    }

    @Override
    public boolean isAsyncSupported() {
        return true;
    }

    @Override
    public boolean isAsyncStarted() {
        return context != null && !context.isComplete();
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest ofThis, ServletResponse andResponse) {
        if (context != null) {
            throw new IllegalStateException("asynchronous already");
        }
        context = new HeldContext(ofThis, andResponse);
        return context;
    }

    @Override
    public AsyncContext getAsyncContext() {
        if (context == null) {
            throw new IllegalStateException("not asynchronous");
        }
        return context;
    }
}
