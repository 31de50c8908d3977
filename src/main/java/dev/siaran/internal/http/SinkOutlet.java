package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Outlet;
import dev.siaran.internal.wire.FrameReader;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jakarta REST's own sink, one event after the other: the transport where there is no servlet response to take over. The
 * runtime's encoder writes the events, with what it does wrong.
 *
 * <p>A runtime may send while it is called, and make its caller wait for the client (Jersey), or later (RESTEasy), and its end of a
 * sink may wait for what is not sent yet (RESTEasy). So threads that may wait do both, and to the shard this is an outlet that is
 * not ready until the runtime has returned and has sent the event. Nobody closes a sink that a thread is sending to.
 */
final class SinkOutlet implements Outlet, BlockingWriters.Write {

    private final SseEventSink sink;
    private final BlockingWriters writers;
    private final Consumer<@Nullable Throwable> onEnd;
    private final SinkState state = new SinkState();
    private final AtomicBoolean endTold = new AtomicBoolean();
    private volatile boolean released;

    // Set before the connection is open
    private @Nullable Connection connection;
    private Consumer<Thread> breaker = Thread::interrupt;

    // Set by the shard, then the writer's, one after the other
    private byte @Nullable [] bytes;
    private int offset;
    private int length;
    private Iterator<FrameReader.Fields> frames = Collections.emptyIterator();

    SinkOutlet(SseEventSink sink, BlockingWriters writers) {
        this(sink, writers, failure -> {});
    }

    /**
     * An outlet that says once that it has ended.
     *
     * @param onEnd is called on a thread that may wait, with what the sink has thrown, if anything
     */
    SinkOutlet(SseEventSink sink, BlockingWriters writers, Consumer<@Nullable Throwable> onEnd) {
        this.sink = sink;
        this.writers = writers;
        this.onEnd = onEnd;
    }

    /** Sends what commits the response, so that {@code EventSource.onopen} fires at once on every server. */
    CompletionStage<?> greet(FrameEvent first) {
        return sink.send(first);
    }

    /** Ends a response that is no stream. */
    void refuse() {
        closeSink();
    }

    void openFor(Connection stream) {
        connection = stream;
        stream.open(this);
    }

    /**
     * The same, for a sink whose server is known.
     *
     * @param writeBreaker makes the call of the sink return that this thread waits in
     */
    void openFor(Connection stream, Consumer<Thread> writeBreaker) {
        breaker = writeBreaker;
        openFor(stream);
    }

    /** Leaves the sink to whoever it belongs to: it is not closed with the connection. */
    void release() {
        released = true;
    }

    @Override
    public boolean isReady() {
        return state.isIdle();
    }

    @Override
    public void write(byte[] source, int from, int count) throws IOException {
        if (!state.give()) {
            throw new IOException("the sink has ended");
        }
        bytes = source;
        offset = from;
        length = count;
        try {
            writers.execute(this);
        } catch (RejectedExecutionException e) {
            bytes = null;
            if (!state.takeBack()) {
                end();
            }
            throw new IOException("the threads that write have ended", e);
        }
    }

    /** Sends what there is, on a thread that may wait, until the runtime leaves an event for later. */
    @Override
    public void run() {
        state.begin();
        try {
            read();
            while (frames.hasNext() && state.mayCall() && !sink.isClosed()) {
                sink.send(new FrameEvent(frames.next())).whenComplete(this::sent);
                if (state.isLeftToRuntime()) {
                    return;
                }
            }
        } catch (Throwable e) {
            // Whatever it is, the sink must not stay as one that is being sent to
            sent(null, e);
        }
        if (!state.hasTaken(!sink.isClosed())) {
            end();
        } else if (connection != null) {
            connection.ready();
        }
    }

    private void read() {
        byte[] written = bytes;
        if (written != null) {
            bytes = null;
            frames = FrameReader.read(written, offset, length).iterator();
        }
    }

    /** The runtime has sent an event, or has failed to. Any thread, also one of the server's that must not wait. */
    private void sent(@Nullable Object nothing, @Nullable Throwable why) {
        if (state.sent(why)) {
            execute(this);
        }
    }

    private void end() {
        Throwable why = state.failure();
        if (connection != null) {
            connection.lost(why);
        }
        Throwable whyNotClosed = closeSink();
        if (state.closed()) {
            // The thread's next task is not what was to be broken off
            boolean ignored = Thread.interrupted();
        } else if (why == null) {
            why = whyNotClosed;
        }
        tellEnd(why);
    }

    private @Nullable Throwable closeSink() {
        try {
            // A runtime that has closed it by itself has done all there is to do
            if (!released && !sink.isClosed()) {
                sink.close();
            }
            return null;
        } catch (Exception e) {
            // Since Jakarta REST 4.0 an IOException; Jersey throws while an application is undeployed
            return e;
        }
    }

    private void tellEnd(@Nullable Throwable why) {
        if (!endTold.getAndSet(true)) {
            onEnd.accept(why);
        }
    }

    @Override
    public boolean flush() {
        // The runtime flushes each event
        return true;
    }

    /** What a thread is sending is sent first; what the runtime has for later is left to the runtime's own end of the sink. */
    @Override
    public void close() {
        if (state.close()) {
            frames = Collections.emptyIterator();
            execute(this);
        }
    }

    /** Nobody but the outlet ends a sink. */
    @Override
    public boolean mayEndByItself() {
        return false;
    }

    /** Does not wait for the call of the sink that is under way, but makes it return. Whoever waits for the end hears of it at once. */
    @Override
    public void abandon() {
        state.abandon();
        close();
        breakOffAgain();
        execute(() -> tellEnd(null));
    }

    @Override
    public void breakOffAgain() {
        // Whoever a sink is left to may still want what it is sending
        if (!released) {
            state.breakOff(breaker);
        }
    }

    private void execute(BlockingWriters.Write task) {
        try {
            writers.execute(task);
        } catch (RejectedExecutionException e) {
            // The application has ended, and nobody is held up any more
            task.run();
        }
    }
}
