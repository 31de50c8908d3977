package dev.siaran.internal.hub;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream's permission to go on: until its time is over, or somebody takes it back. It is granted before anybody decides whether
 * the stream may open, so that what is revoked between the decision and the opening is not missed.
 *
 * <p>Safe for use by many threads.
 */
public final class Lease {

    /** No time of the clock that a node lives to see. */
    private static final long NEVER = Long.MIN_VALUE;

    private final @Nullable String user;
    private final @Nullable String session;
    private final Consumer<Lease> settled;

    // Guarded by this
    private @Nullable Connection connection;
    private boolean revoked;

    // Written under the monitor, read by anyone
    private volatile List<String> channels = List.of();
    private volatile long end = NEVER;

    Lease(@Nullable String user, @Nullable String session, Consumer<Lease> settled) {
        this.user = user;
        this.session = session;
        this.settled = settled;
    }

    /** Whether the stream is somebody's: of a user, or of a session. */
    boolean isPersonal() {
        return user != null || session != null;
    }

    /** Names the channels that the stream is to follow. Before it is decided whether it may. */
    public synchronized void follow(List<String> names) {
        channels = List.copyOf(names);
    }

    /** The stream ends at this time of the hub's clock, unless it is to end sooner. */
    synchronized void endAt(long time) {
        if (end == NEVER || time - end < 0) {
            end = time;
        }
    }

    boolean isOver(long now) {
        long time = end;
        return time != NEVER && now - time >= 0;
    }

    /** The connection that this is the lease of; it closes if the lease has been revoked meanwhile. */
    void attach(Connection opening) {
        boolean late;
        synchronized (this) {
            connection = opening;
            late = revoked;
        }
        if (late) {
            opening.close();
        }
    }

    boolean isFor(Revocation revocation) {
        return switch (revocation.kind()) {
            case USER -> revocation.value().equals(user);
            case SESSION -> revocation.value().equals(session);
            case CHANNEL -> channels.contains(revocation.value());
        };
    }

    /** Takes the permission back, whether the connection is there yet or not. Does not wait for it. */
    void revoke() {
        Connection attached;
        synchronized (this) {
            revoked = true;
            attached = connection;
        }
        if (attached != null) {
            attached.shard().execute(attached::close);
        }
    }

    /** The stream is among those of its shard now, or never will be. */
    public void settle() {
        settled.accept(this);
    }
}
