package dev.siaran;

/**
 * The root of every exception that Siaran throws at run time.
 *
 * @since 0.1
 */
public class SseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with a message for the developer. */
    public SseException(String message) {
        super(message);
    }

    /** An exception with a message for the developer, and what caused it. */
    public SseException(String message, Throwable cause) {
        super(message, cause);
    }
}
