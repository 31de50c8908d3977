package dev.siaran.internal.hub;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection is in one channel: a position in the log. One that comes with a last id begins with a {@link Replay}.
 *
 * <p>The shard's thread only, except for the constructor.
 */
final class Cursor {

    private final Channel channel;
    private final Feed feed;
    private final @Nullable String joinId;
    private long position;
    private @Nullable Replay replay;
    private @Nullable Connection connection;

    /** The feed's own: this cursor's place among its followers, -1 if it is none. */
    int place = -1;

    /** A cursor at the end of the log. The log is kept for it from now on, until it is closed. */
    Cursor(Channel channel, Shard shard) {
        this.channel = channel;
        feed = channel.feed(shard);
        ChannelLog.Join join = feed.join();
        joinId = join.id();
        position = join.position();
    }

    /** Begins to follow: from the event after the given one, null for what is new. */
    void open(Connection opened, @Nullable String lastId) {
        connection = opened;
        feed.add(this);
        if (lastId != null) {
            replay = new Replay(this, opened, lastId);
            channel.begin(replay);
        }
    }

    /** Follows no more, or never did. */
    void close() {
        if (replay != null) {
            channel.forget(replay);
        }
        if (connection == null) {
            feed.leave();
        } else {
            feed.remove(this);
        }
    }

    /** The connection's turn to be written. */
    void write() {
        if (connection != null) {
            connection.write();
        }
    }

    Channel channel() {
        return channel;
    }

    /** The id of the last event before the cursor was made: empty if there is none, null if it is not known. */
    @Nullable
    String joinId() {
        return joinId;
    }

    /** The way to the cursor's place in the log, null once it is there. */
    @Nullable
    Replay replay() {
        if (replay != null && replay.isOver()) {
            replay = null;
        }
        return replay;
    }

    /** Whether nothing follows in the log for now. */
    boolean isAtHead() {
        return feed.isAtHead(position);
    }

    /** What follows in the log, null if there is nothing. */
    @Nullable
    Run nextRun() {
        return feed.runFrom(position);
    }

    /** The frame at the cursor, null if there is none, or none any more. */
    @Nullable
    LogEntry nextEntry() {
        return channel.log().entryAt(position);
    }

    /** The frames after the cursor that have no successor of their type, oldest first; null if the log no longer holds what follows. */
    @Nullable
    Collection<LogEntry> newest() {
        return channel.log().newestFrom(position);
    }

    /** The log no longer holds what follows: goes on with the oldest event that it holds, after a gap; or ends the connection. */
    boolean isGoingOnAfterGap(SlowPolicy slow) {
        if (connection == null) {
            return false;
        }
        if (slow == SlowPolicy.DISCONNECT) {
            connection.close();
            return false;
        }
        replay = new Replay(this, connection, "");
        replay.skipToOldest();
        return true;
    }

    long position() {
        return position;
    }

    void moveTo(long next) {
        position = next;
    }
}
