package dev.siaran.internal.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A request on Grizzly, as those behind the filter see it: to complete it when it is complete does nothing.
 *
 * <p>Jersey completes a response when it hears that it is complete, unless it was Jersey that completed it. The container refuses that, and
 * writes a stack trace into the log for each stream that ends, which takes the shard's time and a disk's space.
 */
final class GrizzlyRequest extends HttpServletRequestWrapper {

    GrizzlyRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public AsyncContext startAsync() {
        return seen(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest ofThis, ServletResponse andResponse) {
        return seen(super.startAsync(ofThis, andResponse));
    }

    @Override
    public AsyncContext getAsyncContext() {
        return seen(super.getAsyncContext());
    }

    private AsyncContext seen(AsyncContext own) {
        Class<?> type = AsyncContext.class;
        return (AsyncContext) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("complete") && !isAsyncStarted()) {
                        return null;
                    }
                    try {
                        return method.invoke(own, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
