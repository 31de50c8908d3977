package dev.siaran;

/**
 * The stream has ended: its client left, fell too far behind, or the application is stopping. Normal at the end of every
 * stream; {@link AbstractSseResource#stream} may let it pass.
 *
 * @since 0.1
 */
public class SseClosedException extends SseException {

    private static final long serialVersionUID = 1L;

    /** The stream has ended. */
    public SseClosedException(String message) {
        super(message);
    }
}
