package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Outlet;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A servlet response in non-blocking mode (Jakarta Servlet, {@code WriteListener}): the transport of nearly every stream. */
final class ServletOutlet implements Outlet, WriteListener, AsyncListener {

    private final AsyncContext async;
    private final ServletOutputStream output;
    private final ServerQuirk quirk;
    private final Executor completer;
    private final Connection connection;
    private final AtomicBoolean completed = new AtomicBoolean();

    // The container may call isReady's callback only after it has called this one
    private volatile boolean writePossible;

    ServletOutlet(
            AsyncContext async,
            ServletOutputStream output,
            ServerQuirk quirk,
            Executor completer,
            Connection connection) {
        this.async = async;
        this.output = output;
        this.quirk = quirk;
        this.completer = completer;
        this.connection = connection;
    }

    @Override
    public boolean isReady() {
        return writePossible && output.isReady();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        output.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        quirk.flush(output);
    }

    @Override
    public void close() {
        complete();
    }

    /** Some containers complete a failed response by themselves, some do not; those that do have said so by now. */
    @Override
    public void abandon() {
        complete();
    }

    private void complete() {
        if (completed.compareAndSet(false, true)) {
            // Until writing is possible, the request's own thread may still be at work: then the container finds the
            // thread
            (writePossible ? completer : (Executor) Runnable::run).execute(this::completeAsync);
        }
    }

    private void completeAsync() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The container was first
        }
    }

    @Override
    public void onWritePossible() {
        writePossible = true;
        connection.ready();
    }

    @Override
    public void onError(Throwable failure) {
        connection.lost(failure);
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        completed.set(true);
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
