package dev.siaran;

import java.nio.charset.Charset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream, as {@link AbstractSseResource#stream} writes it, in the WHATWG event stream format.
 *
 * <p>Every method that writes sends at once and returns when the server has taken the bytes; it blocks while the client is
 * slow. Once the client has left or the application is stopping, every method that writes or waits throws
 * {@link SseClosedException}, and the thread is interrupted so that whatever else it waits for ends too.
 *
 * <p>Safe for use by many threads: each call is written whole.
 *
 * @since 0.1
 */
public interface SseStream {

    /** What the client asked for. */
    SseRequest request();

    /** Whether the client is connected, as far as is known. */
    boolean isOpen();

    /**
     * Sends an event.
     *
     * @param name the event type, null or empty for an unnamed event (type {@code message})
     * @param data a {@link CharSequence} is sent as it is, anything else as JSON
     * @throws IllegalArgumentException if the name has a CR, LF or NUL, or the data cannot be written as JSON
     */
    void send(@Nullable String name, Object data);

    /** Sends an unnamed event. */
    default void send(Object data) {
        send(null, data);
    }

    /** Sends an event whose text is given as bytes in a character set. */
    default void send(@Nullable String name, byte[] text, Charset charset) {
        send(name, new String(text, charset));
    }

    /**
     * Gives the next event this id. The client returns the id of the last event it has seen when it reconnects
     * ({@link SseRequest#lastEventId()}).
     *
     * @return this stream, to send the event
     * @throws IllegalArgumentException if the id is empty (see {@link #resetId()}) or has a CR, LF or NUL
     */
    SseStream id(String id);

    /** Makes the client forget the last id, at once. */
    void resetId();

    /** Tells the client how long to wait before it reconnects; at least 1 ms. */
    void retry(Duration delay);

    /** Sends a comment, which clients ignore; several lines become several comments. */
    void comment(String text);

    /**
     * Waits; heartbeats go out meanwhile.
     *
     * @throws InterruptedException if the thread was interrupted while the stream is open
     */
    void pause(Duration duration) throws InterruptedException;
}
