package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel as Jakarta REST's broadcaster: sinks that are registered follow it, what is broadcast is published to it. An adapter
 * over the same log; a slow sink holds up nobody.
 *
 * <p>Safe for use by many threads.
 */
final class ChannelBroadcaster implements SseBroadcaster {

    /** A registered sink. */
    private record Registration(Connection connection, SinkOutlet outlet) {}

    private final Function<List<String>, Connection> hub;
    private final String channel;
    private final Function<OutboundSseEvent, CompletionStage<?>> publisher;
    private final Map<SseEventSink, Registration> registrations = new ConcurrentHashMap<>();
    private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    ChannelBroadcaster(
            Function<List<String>, Connection> hub,
            String channel,
            Function<OutboundSseEvent, CompletionStage<?>> publisher) {
        this.hub = hub;
        this.channel = channel;
        this.publisher = publisher;
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> listener) {
        requireOpen();
        onError.add(listener);
    }

    @Override
    public void onClose(Consumer<SseEventSink> listener) {
        requireOpen();
        onClose.add(listener);
    }

    @Override
    public void register(SseEventSink sink) {
        requireOpen();
        registrations.computeIfAbsent(sink, added -> {
            var outlet = new SinkOutlet(added, failure -> ended(added, failure));
            var registration = new Registration(hub.apply(List.of(channel)), outlet);
            outlet.openFor(registration.connection());
            return registration;
        });
    }

    private void ended(SseEventSink sink, @Nullable Throwable failure) {
        if (registrations.remove(sink) == null) {
            return;
        }
        if (failure != null) {
            onError.forEach(listener -> listener.accept(sink, failure));
        }
        onClose.forEach(listener -> listener.accept(sink));
    }

    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        requireOpen();
        return publisher.apply(event);
    }

    @Override
    public void close() {
        close(true);
    }

    @Override
    public void close(boolean cascading) {
        closed = true;
        registrations.forEach((sink, registration) -> {
            if (!cascading) {
                registrations.remove(sink);
                registration.outlet().release();
            }
            registration.connection().close();
        });
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(channel + ": the broadcaster is closed");
        }
    }
}
