package dev.siaran.internal.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One shard's share of a channel: the cursors that follow it, and the run of frames that they were given last. */
final class Feed implements Runnable {

    /** How many followers are written before the time is looked at, if what they are given is short. */
    private static final int AT_A_TIME = 16;

    /** Bytes that take about as long to write as one more system call. */
    private static final int LONG = 2048;

    /** The longest that a feed which cannot keep up rests between two passes. */
    private static final long LONGEST_REST = Duration.ofMillis(25).toNanos();

    /** So many new followers in one pass, and one in a hundred more: all the clients of a node come back at once. */
    private static final int CROWD = 10;

    /** The rest while they come: to be let in is what they wait for, and what the machine is needed for. */
    private static final long CROWDED_REST = Duration.ofMillis(75).toNanos();

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
    private long runHead;

    // The pass that is under way: how many followers there were, and how many of them, from the first on, are yet to be
    // written; the turns and the time that it has had; and the head at which it began
    private int size;
    private int left;
    private int turns;
    private long worked;
    private long passing;

    Feed(Shard shard, ChannelLog log) {
        this.shard = shard;
        this.log = log;
    }

    /** There is something new. Any thread; does not wait. */
    void wake() {
        if (members.get() > 0 && !queued.getAndSet(true)) {
            shard.begin(this);
        }
    }

    @Override
    public void run() {
        boolean over = true;
        try {
            over = isPassOver();
        } finally {
            worked += shard.time() - shard.now();
            if (over) {
                endPass();
            } else {
                shard.goOn(this, ++turns);
            }
        }
    }

    /** One turn: a pass over many followers, or with much to write, takes several, so that the shard's other feeds need not wait. */
    private boolean isPassOver() {
        if (left == 0) {
            left = followers.size();
            size = left;
            turns = 0;
            worked = 0;
            passing = log.head();
        }
        while (left > 0) {
            // Some have gone since the last turn? Those at the end, who are written already, have taken their places
            left = Math.min(left, followers.size());
            for (int cost = 0; cost < AT_A_TIME && left > 0; ) {
                followers.get(--left).write();
                cost += run == null ? 1 : 1 + run.length() / LONG;
            }
            if (left > 0 && shard.isTurnOver()) {
                return false;
            }
        }
        if (joining.get() == 0) {
            passed = passing;
        }
        return true;
    }

    /**
     * What was appended in the meantime has woken nobody. If there is any, events come faster than they can be written one by one: the next
     * pass waits for half the time that this one has worked, and longer while clients come in crowds, and finds more of them, which go out in
     * one write for each follower.
     */
    private void endPass() {
        left = 0;
        queued.set(false);
        if (log.head() != passing && !queued.getAndSet(true)) {
            shard.after(rest(), this);
        }
    }

    private long rest() {
        return followers.size() - size > CROWD + size / 100 ? CROWDED_REST : Math.min(worked / 2, LONGEST_REST);
    }

    /** How far every follower that takes anything has been written. Any thread. */
    long passed() {
        return members.get() > 0 ? passed : Long.MAX_VALUE;
    }

    /** Whether nothing follows a position for now: what is appended later wakes the feed. */
    boolean isAtHead(long position) {
        return position >= log.head();
    }

    /**
     * The frames after a position, null if there are none. Most cursors are at the same position: read once for all, and again when there
     * is more, so that what comes during a pass goes out in the same write to those who are yet to be written.
     */
    @Nullable
    Run runFrom(long position) {
        long head = log.head();
        if (position >= head) {
            return null;
        }
        Run last = run;
        if (last == null || last.position() != position || runHead != head) {
            last = log.runFrom(position);
            run = last;
            runHead = head;
        }
        return last;
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
