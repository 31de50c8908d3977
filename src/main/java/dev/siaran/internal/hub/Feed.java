package dev.siaran.internal.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One shard's share of a channel: the cursors that follow it, and the run of frames that they were given last. */
final class Feed implements Runnable {

    private final Shard shard;
    private final ChannelLog log;

    // Any thread
    private final AtomicBoolean queued = new AtomicBoolean();
    private final AtomicInteger members = new AtomicInteger();
    private final AtomicInteger joining = new AtomicInteger();
    private volatile long passed;

    // The shard's thread only
    private final List<Cursor> followers = new ArrayList<>();
    private @Nullable Run run;

    Feed(Shard shard, ChannelLog log) {
        this.shard = shard;
        this.log = log;
    }

    /** There is something new. Any thread; does not wait. */
    void wake() {
        if (members.get() > 0 && !queued.getAndSet(true)) {
            shard.execute(this);
        }
    }

    @Override
    public void run() {
        queued.set(false);
        long head = log.head();
        for (int i = followers.size() - 1; i >= 0; i--) {
            followers.get(i).write();
        }
        if (joining.get() == 0) {
            passed = head;
        }
    }

    /** How far every follower that takes anything has been written. Any thread. */
    long passed() {
        return members.get() > 0 ? passed : Long.MAX_VALUE;
    }

    /** Whether nothing follows a position for now: what is appended later wakes the feed. */
    boolean isAtHead(long position) {
        return position >= log.head();
    }

    /** The frames after a position, null if there are none. Most cursors are at the same position: read once for all. */
    @Nullable
    Run runFrom(long position) {
        if (isAtHead(position)) {
            return null;
        }
        Run last = run;
        if (last != null && last.position() == position) {
            return last;
        }
        run = log.runFrom(position);
        return run;
    }

    /** Announces a follower: from now on the log is kept for it. Any thread; it is added or has left later. */
    ChannelLog.Join join() {
        joining.incrementAndGet();
        boolean first = members.getAndIncrement() == 0;
        ChannelLog.Join place = log.join();
        if (first) {
            passed = place.position();
        }
        return place;
    }

    /** The follower that has joined is here. */
    void add(Cursor follower) {
        follower.place = followers.size();
        followers.add(follower);
        joining.decrementAndGet();
    }

    /** The follower that has joined never came. */
    void leave() {
        joining.decrementAndGet();
        members.decrementAndGet();
    }

    void remove(Cursor follower) {
        int place = follower.place;
        if (place < 0) {
            return;
        }
        Cursor last = followers.remove(followers.size() - 1);
        if (last != follower) {
            followers.set(place, last);
            last.place = place;
        }
        follower.place = -1;
        members.decrementAndGet();
    }
}
