package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Outlet;
import dev.siaran.internal.wire.FrameReader;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jakarta REST's own sink, one event after the other: the transport where there is no servlet response to take over. The
 * runtime's encoder writes the events, with what it does wrong.
 */
final class SinkOutlet implements Outlet {

    private final SseEventSink sink;
    private final Consumer<@Nullable Throwable> onEnd;
    private volatile boolean busy;
    private volatile boolean released;
    private @Nullable Connection connection;

    SinkOutlet(SseEventSink sink) {
        this(sink, failure -> {});
    }

    /** An outlet that says once that it has ended, and why if not in good order. */
    SinkOutlet(SseEventSink sink, Consumer<@Nullable Throwable> onEnd) {
        this.sink = sink;
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

    /** Leaves the sink to whoever it belongs to: it is not closed with the connection. */
    void release() {
        released = true;
    }

    @Override
    public boolean isReady() {
        return !busy;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        busy = true;
        sendNext(FrameReader.read(bytes, offset, length), 0).whenComplete((sent, failure) -> {
            busy = false;
            Connection stream = connection;
            if (stream == null) {
                return;
            }
            if (failure != null || sink.isClosed()) {
                stream.lost(failure);
                onEnd.accept(failure);
            } else {
                stream.ready();
            }
        });
    }

    private CompletionStage<?> sendNext(List<FrameReader.Fields> frames, int next) {
        if (next == frames.size()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return sink.send(new FrameEvent(frames.get(next))).thenCompose(sent -> sendNext(frames, next + 1));
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean flush() {
        // The runtime flushes each event
        return true;
    }

    @Override
    public void close() {
        closeSink();
        onEnd.accept(null);
    }

    @Override
    public void abandon() {
        closeSink();
    }

    private void closeSink() {
        if (released) {
            return;
        }
        try {
            sink.close();
        } catch (Exception e) {
            // Since Jakarta REST 4.0 an IOException; Jersey throws while an application is undeployed
        }
    }
}
