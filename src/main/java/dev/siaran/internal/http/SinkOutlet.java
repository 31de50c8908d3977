package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Outlet;
import dev.siaran.internal.wire.FrameReader;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Jakarta REST's own sink, one event after the other: the transport where there is no servlet response to take over. The
 * runtime's encoder writes the events, with what it does wrong.
 */
final class SinkOutlet implements Outlet {

    private final SseEventSink sink;
    private final Sse sse;
    private volatile boolean busy;
    private @Nullable Connection connection;

    SinkOutlet(SseEventSink sink, Sse sse) {
        this.sink = sink;
        this.sse = sse;
    }

    /** Sends the comment that commits the response, so that {@code EventSource.onopen} fires at once on every server. */
    CompletionStage<?> greet() {
        return sink.send(sse.newEventBuilder().comment("welcome").build());
    }

    /** Ends a response that is no stream. */
    void refuse() {
        closeSink();
    }

    void openFor(Connection stream) {
        connection = stream;
        stream.open(this);
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
            return sink.send(event(frames.get(next))).thenCompose(sent -> sendNext(frames, next + 1));
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private OutboundSseEvent event(FrameReader.Fields fields) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        if (fields.event() != null) {
            event.name(fields.event());
        }
        if (fields.id() != null) {
            event.id(fields.id());
        }
        if (fields.retry() != null) {
            event.reconnectDelay(Long.parseLong(fields.retry()));
        }
        if (fields.comment() != null || fields.data() == null) {
            event.comment(fields.comment() == null ? "" : fields.comment());
        }
        if (fields.data() != null) {
            event.mediaType(MediaType.TEXT_PLAIN_TYPE).data(String.class, fields.data());
        }
        return event.build();
    }

    @Override
    public void flush() {
        // The runtime flushes each event
    }

    @Override
    public void close() {
        closeSink();
    }

    @Override
    public void abandon() {
        closeSink();
    }

    private void closeSink() {
        try {
            sink.close();
        } catch (Exception e) {
            // Since Jakarta REST 4.0 an IOException; Jersey throws while an application is undeployed
        }
    }
}
