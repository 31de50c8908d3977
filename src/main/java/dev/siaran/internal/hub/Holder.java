package dev.siaran.internal.hub;

import dev.siaran.internal.config.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whose a stream is.
 *
 * @param user the name of who is logged in, null for nobody
 * @param session what stands for the session's id, null without a session
 * @param network the address that the client is counted by, null if it is not known
 */
public record Holder(
        @Nullable String user,
        @Nullable String session,
        @Nullable IpAddress network) {

    /** The application itself, or a client of which nothing is known. */
    public static final Holder NOBODY = new Holder(null, null, null);

    /** Whether the stream is somebody's: of a user, or of a session. */
    boolean isPersonal() {
        return user != null || session != null;
    }
}
