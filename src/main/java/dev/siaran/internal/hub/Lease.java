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

    private final Holder holder;
    private final Consumer<Lease> settled;
    private final Consumer<Holder> ended;

    // Guarded by this
    private @Nullable Connection connection;
    private boolean revoked;
    private boolean over;

    // Written under the monitor, read by anyone
    private volatile List<String> channels = List.of();
    private volatile long end = NEVER;

    Lease(Holder holder, Consumer<Lease> settled, Consumer<Holder> ended) {
        this.holder = holder;
        this.settled = settled;
        this.ended = ended;
    }

    /** Whether the stream is somebody's. */
    boolean isPersonal() {
        return holder.isPersonal();
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

    /** This time, or the end if that comes first. */
    long soonest(long time) {
        long last = end;
        return last == NEVER || time - last < 0 ? time : last;
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
            case USER -> revocation.value().equals(holder.user());
            case SESSION -> revocation.value().equals(holder.session());
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

    /** The stream is among those of its shard now. */
    void settle() {
        settled.accept(this);
    }

    /** The stream has ended, or will never begin: its places are free. */
    public void end() {
        settle();
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        ended.accept(holder);
    }
}
