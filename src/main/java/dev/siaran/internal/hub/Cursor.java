package dev.siaran.internal.hub;

import dev.siaran.internal.wire.Frame;
import dev.siaran.internal.wire.FrameEncoder;
import dev.siaran.spi.History;
import dev.siaran.spi.StoredMessage;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection is in one channel. A connection that comes with a last id is first led to its place: in the log if the
 * log holds the id, else through the broker's history, page by page, while live events gather in the log.
 *
 * <p>The shard's thread only, except for the constructor.
 */
final class Cursor {

    /** Messages in one reading of the history. */
    static final int PAGE = 256;

    /** A frame from the history or a gap, with the id that the stream has after it. */
    record Replayed(Frame frame, @Nullable String id) {}

    private final Channel channel;
    private final Feed feed;
    private final ChannelLog.Join join;
    private final Queue<Replayed> replayed = new ArrayDeque<>();
    private @Nullable Runnable nextPage;
    private boolean following;
    private long position;

    Cursor(Channel channel, Shard shard) {
        this.channel = channel;
        this.feed = channel.feed(shard);
        this.join = feed.join();
        this.position = join.position();
    }

    Channel channel() {
        return channel;
    }

    Feed feed() {
        return feed;
    }

    ChannelLog.Join joined() {
        return join;
    }

    /** Finds the place of a client that has seen an event, or begins with what is new. */
    void seek(@Nullable String lastId, Connection connection) {
        if (lastId == null) {
            following = true;
            return;
        }
        channel.whenLive()
                .thenRun(() -> connection.shard().execute(() -> {
                    if (!lookUp(lastId)) {
                        readHistory(lastId, connection);
                    }
                    connection.write();
                }));
    }

    private boolean lookUp(String id) {
        long place = id.isEmpty() ? ChannelLog.UNKNOWN : channel.log().after(id);
        if (place == ChannelLog.UNKNOWN) {
            return false;
        }
        position = place;
        following = true;
        return true;
    }

    private void readHistory(String afterId, Connection connection) {
        String throughId = channel.log().newestId();
        channel.history(afterId, throughId, PAGE)
                .whenComplete((page, failure) -> connection.shard().execute(() -> {
                    if (!connection.isOpen()) {
                        return;
                    }
                    if (failure != null) {
                        connection.shard().later(() -> readHistory(afterId, connection));
                    } else if (page.start() != History.Start.COMPLETE) {
                        beginAfterGap(afterId, throughId, page, connection);
                    } else {
                        take(page, afterId, throughId, connection);
                    }
                    connection.write();
                }));
    }

    private void beginAfterGap(String lastId, String throughId, History page, Connection connection) {
        ChannelLog log = channel.log();
        if (page.start() == History.Start.UNKNOWN) {
            gap(lastId, null, join.id().isEmpty() ? null : join.id());
            following = true;
        } else if (page.messages().isEmpty() || log.after(page.messages().get(0).id()) != ChannelLog.UNKNOWN) {
            gap(lastId, log.oldestId(), null);
            position = log.tail();
            following = true;
        } else {
            gap(lastId, page.messages().get(0).id(), null);
            take(page, lastId, throughId, connection);
        }
    }

    private void gap(String requested, @Nullable String oldest, @Nullable String id) {
        String shown = requested.length() > 128 ? requested.substring(0, 128) : requested;
        replayed.add(new Replayed(channel.gaps().frame(channel.name(), shown, oldest, id), id));
    }

    /** Queues a page. The last one leads to the place in the log after the id that the history was read through. */
    private void take(History page, String afterId, String throughId, Connection connection) {
        String lastId = afterId;
        for (StoredMessage stored : page.messages()) {
            lastId = stored.id();
            replayed.add(new Replayed(
                    FrameEncoder.event(
                            stored.message().event(), stored.message().data(), lastId),
                    lastId));
        }
        boolean whole = page.messages().size() < PAGE || lastId.equals(throughId);
        if (!whole) {
            String from = lastId;
            nextPage = () -> readHistory(from, connection);
        } else if (throughId.isEmpty()) {
            position = channel.log().tail();
            following = true;
        } else if (!lookUp(throughId)) {
            readHistory(throughId, connection);
        }
    }

    /** The next frame from the history; null if there is none now. */
    @Nullable
    Replayed nextReplayed() {
        Replayed next = replayed.poll();
        if (next == null && nextPage != null) {
            Runnable read = nextPage;
            nextPage = null;
            read.run();
        }
        return next;
    }

    /** Whether the connection reads the log. */
    boolean isFollowing() {
        return following;
    }

    long position() {
        return position;
    }

    void moveTo(long next) {
        position = next;
    }
}
