package dev.siaran.internal.hub;

import java.io.IOException;

/**
 * Where the bytes of one connection go. Called by one thread at a time, under the connection's lock, and never after
 * {@link #close} or {@link #abandon}.
 */
public interface Outlet {

    /** What every container notices by: some keep the first write to themselves. */
    int WRITES_TO_NOTICE = 3;

    /**
     * Whether {@link #write} takes bytes now without blocking. If not, {@link Connection#ready} is called as soon as it does.
     */
    boolean isReady();

    /** Takes all of the bytes, which never change; only straight after {@link #isReady} returned true. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Sends what was written on its way; asks {@link #isReady} itself.
     *
     * @return false if it is not ready and has kept something: to be called again once it is
     */
    boolean flush() throws IOException;

    /** Ends the response in good order. */
    void close();

    /** How many writes it takes at most, counted from when the client has gone, until one of them fails. */
    default int writesToNotice() {
        return WRITES_TO_NOTICE;
    }

    /** Whether a response that has failed may end by itself: {@link #abandon} then comes a second later. */
    default boolean mayEndByItself() {
        return true;
    }

    /** Frees the response of a connection that has failed. */
    void abandon();
}
