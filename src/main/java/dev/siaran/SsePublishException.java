package dev.siaran;

/**
 * An event was not accepted: the broker refused it, or it is away and the buffer for that time is full. The event has been
 * delivered to nobody; the caller may try again.
 *
 * @since 0.1
 */
public class SsePublishException extends SseException {

    private static final long serialVersionUID = 1L;

    /** The event was not accepted, for the given reason. */
    public SsePublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
