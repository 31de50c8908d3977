package dev.siaran.internal.hub;

/** A stream is refused because of a limit. Without a stack trace: there may be many, and the cause is not in the code. */
public final class TooManyStreamsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;

    TooManyStreamsException(Limit limit) {
        super(limit.answer(), null, false, false);
        this.limit = limit;
    }

    /** The limit that is reached. */
    public Limit limit() {
        return limit;
    }
}
