package dev.siaran.internal.http;

import dev.siaran.internal.wire.FrameReader.Fields;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A frame as the event that {@code SseEventSink} takes; needs no {@code Sse} to be made. */
@SuppressWarnings("NullAway") // Jakarta REST has null for "none"
record FrameEvent(Fields fields) implements OutboundSseEvent {

    /** The comment that every stream begins with. */
    static final FrameEvent WELCOME = new FrameEvent(new Fields(null, null, null, null, "welcome"));

    /** What a client waits before it reconnects. */
    static FrameEvent retry(Duration delay) {
        return new FrameEvent(new Fields(null, null, null, "" + delay.toMillis(), null));
    }

    /** None without data: Jersey takes the type for the sign that there is some. */
    @Override
    public @Nullable Class<?> getType() {
        return fields.data() == null ? null : String.class;
    }

    @Override
    public @Nullable Type getGenericType() {
        return getType();
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public @Nullable Object getData() {
        return fields.data();
    }

    @Override
    public @Nullable String getId() {
        return fields.id();
    }

    @Override
    public @Nullable String getName() {
        return fields.event();
    }

    @Override
    public @Nullable String getComment() {
        return fields.comment();
    }

    @Override
    public long getReconnectDelay() {
        return fields.retry() == null ? RECONNECT_NOT_SET : Long.parseLong(fields.retry());
    }

    @Override
    public boolean isReconnectDelaySet() {
        return fields.retry() != null;
    }
}
