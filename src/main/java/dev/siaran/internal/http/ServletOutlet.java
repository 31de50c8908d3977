package dev.siaran.internal.http;

import dev.siaran.internal.hub.Outlet;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A servlet response in non-blocking mode (Jakarta Servlet, {@code WriteListener}): the transport of nearly every stream. */
final class ServletOutlet implements Outlet, WriteListener {

    private static final Executor AT_ONCE = Runnable::run;

    private final TakenResponse response;
    private final Wire wire;
    private final Executor completer;

    // Set before the connection opens, then the writer's
    private byte @Nullable [] first;

    // Set by the container, once, when the request's own thread has left the response
    private volatile boolean writePossible;

    ServletOutlet(TakenResponse response, Wire wire, Executor completer) {
        this.response = response;
        this.wire = wire;
        this.completer = completer;
    }

    /** What precedes the first bytes of the stream, in the same write. Called before the connection opens. */
    void begin(byte[] greeting) {
        first = greeting;
    }

    @Override
    public boolean isReady() {
        return writePossible && wire.isReady();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] greeting = first;
        if (greeting == null) {
            wire.write(bytes, offset, length);
            return;
        }
        first = null;
        byte[] both = Arrays.copyOf(greeting, greeting.length + length);
        System.arraycopy(bytes, offset, both, greeting.length, length);
        wire.write(both, 0, both.length);
    }

    @Override
    public boolean flush() throws IOException {
        return wire.flush();
    }

    @Override
    public void close() {
        // While the request's own thread may still be at work, the container has to find the thread
        boolean begun = writePossible;
        Executor where = begun ? completer : AT_ONCE;
        response.complete(completion -> where.execute(() -> {
            try {
                if (begun) {
                    wire.end();
                }
            } finally {
                completion.run();
            }
        }));
    }

    @Override
    public int writesToNotice() {
        return wire.writesToNotice();
    }

    @Override
    public boolean mayEndByItself() {
        return wire.mayEndByItself();
    }

    /** Some containers complete a failed response by themselves, some do not; those that do have said so by now. */
    @Override
    public void abandon() {
        close();
    }

    @Override
    public void onWritePossible() {
        writePossible = true;
        wire.writePossible();
        response.connection().ready();
    }

    @Override
    public void onError(Throwable failure) {
        response.connection().lost(failure);
        close();
    }
}
