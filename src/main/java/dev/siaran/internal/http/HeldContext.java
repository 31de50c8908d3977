package dev.siaran.internal.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * The asynchronous context of a {@link HeldRequest}: has no timeout, and cannot be dispatched.
 *
 * <p>Safe for use by many threads.
 */
final class HeldContext implements AsyncContext {

    private static final Logger LOG = System.getLogger(HeldContext.class.getName());

    private static final String REFUSED =
            "a filter before this one is not asynchronous: a stream can be written, no more";

    private final ServletRequest request;
    private final ServletResponse response;
    private final List<AsyncListener> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private volatile long timeout;

    HeldContext(ServletRequest request, ServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** Waits until somebody has completed the response, or gives up if the thread is told to. */
    void awaitEnd() {
        try {
            complete.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            complete();
        }
    }

    boolean isComplete() {
        return complete.getCount() == 0;
    }

    @Override
    public void complete() {
        synchronized (complete) {
            if (isComplete()) {
                throw new IllegalStateException("complete already");
            }
            complete.countDown();
        }
        for (AsyncListener listener : listeners) {
            try {
                listener.onComplete(new AsyncEvent(this, request, response));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a listener failed at the end of a response", e);
            }
        }
    }

    @Override
    public void addListener(AsyncListener listener) {
        listeners.add(listener);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest ofRequest, ServletResponse andResponse) {
        listeners.add(listener);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        throw new ServletException(REFUSED);
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return response;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return false;
    }

    @Override
    public void start(Runnable task) {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void dispatch() {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void dispatch(String path) {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void setTimeout(long millis) {
        timeout = millis;
    }

    @Override
    public long getTimeout() {
        return timeout;
    }
}
