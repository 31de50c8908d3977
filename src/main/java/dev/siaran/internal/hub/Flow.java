package dev.siaran.internal.hub;

import java.io.IOException;

/** How a connection's bytes flow: whether its outlet takes any, and since when it has not, or has been given none. The shard's thread only. */
final class Flow {

    private boolean blocked;
    private long blockedSince;
    private long lastWrite;
    private boolean unflushed;
    private int writesToNotice = Outlet.WRITES_TO_NOTICE;

    /** Whether the outlet has said that it takes nothing, and has not been heard of since. */
    boolean isBlocked() {
        return blocked;
    }

    /** The outlet may take bytes again. */
    void unblock() {
        blocked = false;
    }

    /** Asks the outlet whether it takes bytes now. */
    boolean isWritable(Outlet target, long now) {
        if (target.isReady()) {
            blockedSince = 0;
            return true;
        }
        block(now);
        return false;
    }

    private void block(long now) {
        // The container may have called back by now: its turn comes after this one and clears the mark
        blocked = true;
        if (blockedSince == 0) {
            blockedSince = now;
        }
    }

    /** The outlet was given bytes. */
    void wrote(long now) {
        lastWrite = now;
        unflushed = true;
    }

    /** Sends what was written on its way, if there is any. An outlet that does not take all of it calls back, as one that is not ready. */
    void flush(Outlet target, long now) throws IOException {
        if (unflushed && target.flush()) {
            unflushed = false;
        } else if (unflushed) {
            block(now);
        }
    }

    /** The outlet was given a heartbeat, and may know better by now how soon it notices that the client has gone. */
    void beat(Outlet target) {
        writesToNotice = target.writesToNotice();
    }

    /** Whether the outlet has taken nothing for too long. */
    boolean isStuck(Pace pace, long now) {
        return blocked && now - blockedSince >= pace.maxLagNanos();
    }

    /** Whether the client has been sent nothing for so long that it needs a heartbeat. */
    boolean isSilent(Pace pace, long now) {
        return !blocked && now - lastWrite >= pace.heartbeatNanos(this, writesToNotice);
    }

    /** The time at which either may be true, whatever happens until then. */
    long due(Pace pace, long now) {
        long silent = pace.heartbeatNanos(this, writesToNotice);
        long due = blocked ? blockedSince + pace.maxLagNanos() : lastWrite + silent;
        return now + Math.min(due - now, Math.min(silent, pace.maxLagNanos()));
    }
}
