package dev.siaran.internal.http;

import dev.siaran.internal.hub.Outlet;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A servlet response in blocking mode, each write on a thread that may wait: for containers whose non-blocking write waits for
 * the client all the same. To the shard it is an outlet that is not ready while a write is under way.
 */
final class BlockingOutlet implements Outlet {

    private enum State {
        IDLE,
        WRITING,
        /** The end has come while a write was under way: the writer completes the response. */
        ENDING,
        ENDED
    }

    private final TakenResponse response;
    private final ServletOutputStream output;
    private final Executor writers;
    private final boolean completesAnyTime;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    /**
     * An outlet.
     *
     * @param completesAnyTime whether the response can be completed while a write is under way, which a container that knows of
     *     its being asynchronous provides for; else its thread has to stay until the write has returned, so that nothing is
     *     written into the next response
     */
    BlockingOutlet(TakenResponse response, ServletOutputStream output, Executor writers, boolean completesAnyTime) {
        this.response = response;
        this.output = output;
        this.writers = writers;
        this.completesAnyTime = completesAnyTime;
    }

    @Override
    public boolean isReady() {
        return state.get() == State.IDLE;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        state.set(State.WRITING);
        try {
            writers.execute(() -> writeAndWait(bytes, offset, length));
        } catch (RejectedExecutionException e) {
            state.set(State.IDLE);
            throw new IOException("no thread is free to write", e);
        }
    }

    private void writeAndWait(byte[] bytes, int offset, int length) {
        try {
            output.write(bytes, offset, length);
            output.flush();
        } catch (IOException | RuntimeException e) {
            state.compareAndSet(State.WRITING, State.IDLE);
            response.connection().lost(e);
            complete();
            return;
        }
        if (state.compareAndSet(State.WRITING, State.IDLE)) {
            response.connection().ready();
        } else {
            complete();
        }
    }

    @Override
    public boolean flush() {
        // Each write flushes
        return true;
    }

    @Override
    public void close() {
        if (!state.compareAndSet(State.WRITING, State.ENDING)) {
            complete();
        }
    }

    /** Does not wait for the write that is under way, if it may: ending the response is what ends it. */
    @Override
    public void abandon() {
        boolean isWriting = state.compareAndSet(State.WRITING, State.ENDING) || state.get() == State.ENDING;
        if (!isWriting || completesAnyTime) {
            complete();
        }
    }

    private void complete() {
        state.set(State.ENDED);
        response.complete(Runnable::run);
    }
}
