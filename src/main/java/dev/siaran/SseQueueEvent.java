package dev.siaran;

import dev.siaran.internal.config.ChannelNames;
import dev.siaran.internal.config.PrivateChannels;
import dev.siaran.internal.wire.EventText;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * An event for every subscriber of a channel, on every node. Fire it with {@code jakarta.enterprise.event.Event} or hand it
 * to {@link SseQueue}.
 *
 * <p>Immutable. Data that is not text becomes JSON (Jakarta JSON Binding) at the moment the event is made, so that a later
 * change of the object cannot leak into the event.
 *
 * <p>Data that has more than {@code siaran.max-event-size} bytes in UTF-8 is refused when the event is published: who fires it gets an
 * {@link IllegalArgumentException}, and nobody gets the event.
 *
 * @param channel the channel, null for {@code siaran.default-channel}
 * @param name the event type that a browser listens for ({@code EventSource.addEventListener(name, ...)}), null or empty
 *     for an unnamed event, which arrives as type {@code message}
 * @param data the text; may be empty or have several lines. A line ending of any kind (CR, LF, CRLF) arrives as LF, as the
 *     WHATWG event stream format has it
 * @since 0.1
 */
public record SseQueueEvent(
        @Nullable String channel, @Nullable String name, String data) {

    /**
     * Checks the channel and the name.
     *
     * @throws IllegalArgumentException if the channel is empty, longer than 200 characters or has one that no channel may have
     *     (control characters, {@code * ? [ ] \}, two dots in a row), or if the name is longer than 200 characters or has a CR, LF or
     *     NUL; the message names the field
     */
    public SseQueueEvent {
        if (channel != null) {
            ChannelNames.check("channel", channel);
        }
        EventText.requireName(name);
    }

    /**
     * An event for a channel.
     *
     * @param data a {@link CharSequence} is sent as it is, anything else as JSON
     * @throws IllegalArgumentException as the constructor, or if the data cannot be written as JSON
     */
    public static SseQueueEvent of(String channel, @Nullable String name, Object data) {
        return new SseQueueEvent(channel, name, EventText.of(data));
    }

    /**
     * An event for one user, on every stream that follows the user's private channel ({@link SseRequest#privateChannel()}).
     *
     * @param principalName the name of the principal, as {@link java.security.Principal#getName()} has it
     * @param data a {@link CharSequence} is sent as it is, anything else as JSON
     * @throws IllegalArgumentException if the principal's name is empty; also as the constructor, or if the data cannot be written as
     *     JSON
     */
    public static SseQueueEvent toUser(String principalName, @Nullable String name, Object data) {
        return of(PrivateChannels.of(principalName), name, data);
    }

    /** An event for a channel, its text given as bytes in a character set. */
    public static SseQueueEvent of(String channel, @Nullable String name, byte[] text, Charset charset) {
        return new SseQueueEvent(channel, name, new String(text, charset));
    }

    /** An event for the default channel ({@code siaran.default-channel}, {@code sse} unless configured). */
    public static SseQueueEvent of(@Nullable String name, Object data) {
        return new SseQueueEvent(null, name, EventText.of(data));
    }
}
