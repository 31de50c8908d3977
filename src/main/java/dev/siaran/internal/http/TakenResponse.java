package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A response that a connection has taken over: its end, whoever brings it about, comes once and is known to both. */
final class TakenResponse implements AsyncListener {

    private final AsyncContext async;
    private final Connection connection;
    private final OpenResponses others;
    private final AtomicBoolean completed = new AtomicBoolean();

    TakenResponse(AsyncContext async, Connection connection, OpenResponses others) {
        this.async = async;
        this.connection = connection;
        this.others = others;
        // Before the container may complete it; and it does not stay if nobody would ever tell that it is complete
        others.add(this);
        boolean listening = false;
        try {
            async.setTimeout(0);
            async.addListener(this);
            listening = true;
        } finally {
            if (!listening) {
                others.remove(this);
            }
        }
    }

    Connection connection() {
        return connection;
    }

    /** Ends the response, unless it has ended. */
    void complete(Executor completer) {
        if (completed.compareAndSet(false, true)) {
            completer.execute(() -> {
                try {
                    async.complete();
                } catch (IllegalStateException e) {
                    // The container was first
                } finally {
                    others.remove(this);
                }
            });
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        if (completed.compareAndSet(false, true)) {
            others.remove(this);
        }
        connection.lost(null);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        connection.lost(new IOException("the container's asynchronous timeout"));
    }

    @Override
    public void onError(AsyncEvent event) {
        connection.lost(event.getThrowable());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The stream stays with the first
    }
}
