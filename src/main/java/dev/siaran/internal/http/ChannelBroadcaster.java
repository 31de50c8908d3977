package dev.siaran.internal.http;

import dev.siaran.internal.hub.Connection;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
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

    private static final Logger LOG = System.getLogger(ChannelBroadcaster.class.getName());

    private enum State {
        OPEN,
        CLOSED,
        /** Closed, with the sinks left to whoever they belong to. */
        CLOSED_WITHOUT_SINKS
    }

    /** A registered sink. */
    private record Registration(Connection connection, SinkOutlet outlet) {}

    private final Function<List<String>, Connection> hub;
    private final BlockingWriters writers;
    private final String channel;
    private final Function<OutboundSseEvent, CompletionStage<?>> publisher;
    private final Map<SseEventSink, Registration> registrations = new ConcurrentHashMap<>();
    private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    ChannelBroadcaster(
            Function<List<String>, Connection> hub,
            BlockingWriters writers,
            String channel,
            Function<OutboundSseEvent, CompletionStage<?>> publisher) {
        this.hub = hub;
        this.writers = writers;
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
        if (registrations.containsKey(sink)) {
            return;
        }
        var outlet = new SinkOutlet(sink, writers, failure -> ended(sink, failure));
        var registration = new Registration(hub.apply(List.of(channel)), outlet);
        if (registrations.putIfAbsent(sink, registration) != null) {
            registration.connection().close();
            return;
        }
        // Only now: where the application is ending, the sink ends here
        outlet.openFor(registration.connection());
        if (state.get() != State.OPEN) {
            end(sink, registration);
        }
    }

    /** Nothing waits for what a listener does, and none keeps the others from hearing of it. */
    private void ended(SseEventSink sink, @Nullable Throwable failure) {
        if (registrations.remove(sink) == null) {
            return;
        }
        if (failure != null) {
            onError.forEach(listener -> tell(() -> listener.accept(sink, failure)));
        }
        onClose.forEach(listener -> tell(() -> listener.accept(sink)));
    }

    private void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, channel + ": a listener of the broadcaster failed", e);
        }
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
        if (state.compareAndSet(State.OPEN, cascading ? State.CLOSED : State.CLOSED_WITHOUT_SINKS)) {
            registrations.forEach(this::end);
        }
    }

    private void end(SseEventSink sink, Registration registration) {
        if (state.get() == State.CLOSED_WITHOUT_SINKS) {
            registrations.remove(sink);
            registration.outlet().release();
        }
        registration.connection().close();
    }

    private void requireOpen() {
        if (state.get() != State.OPEN) {
            throw new IllegalStateException(channel + ": the broadcaster is closed");
        }
    }
}
