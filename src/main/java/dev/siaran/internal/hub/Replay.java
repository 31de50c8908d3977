package dev.siaran.internal.hub;

import dev.siaran.internal.wire.Frame;
import dev.siaran.spi.History;
import dev.siaran.spi.StoredMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Leads a cursor to the event after its client's last one: in the log if the log holds it, else through the broker's history,
 * page by page, while live events gather in the log.
 *
 * <p>The shard's thread only.
 */
final class Replay {

    /** The most messages in one reading of the history. */
    private static final int PAGE = 256;

    /** So few in the first, for nobody knows how large they are. */
    private static final int FIRST_PAGE = 8;

    /** About as many bytes are read at once: they wait here for a client that may never take them. */
    private static final int PAGE_BYTES = 64 << 10;

    /** The most of a client's id that is sent back to it. */
    private static final int SHOWN_ID = 128;

    /**
     * A frame from the history, or a gap.
     *
     * @param id where the stream is after it, null if that is for the next event to tell
     */
    record Step(Frame frame, @Nullable String id) {}

    private final Cursor cursor;
    private final Channel channel;
    private final Connection connection;
    private final String seen;
    private final Queue<Step> steps = new ArrayDeque<>();
    private @Nullable Runnable nextPage;
    private int pageSize = FIRST_PAGE;
    private boolean arrived;

    /** Whether the history has lost its place once already. */
    private boolean overtaken;

    // A client from another node may be ahead of this one: the event that it has seen last, awaited here
    private @Nullable String awaited;

    Replay(Cursor cursor, Connection connection, String seen) {
        this.seen = seen;
        this.cursor = cursor;
        this.channel = cursor.channel();
        this.connection = connection;
    }

    /** Looks for the client's place. Once the channel is live; any thread. */
    void begin() {
        connection.shard().execute(() -> {
            if (!arriveAfter(seen)) {
                readAfter(seen);
            }
            connection.write();
        });
    }

    /** In place of looking: for a client that was connected, and slower than the log could wait. */
    void skipToOldest() {
        ChannelLog log = channel.log();
        steps.add(new Step(channel.gaps().frame(channel.name(), null, log.oldestId(), null), null));
        arriveAt(log.tail());
    }

    /** The next frame on the way; null if there is none now. */
    @Nullable
    Step next() {
        Step next = steps.poll();
        if (next == null && nextPage != null) {
            Runnable read = nextPage;
            nextPage = null;
            read.run();
        }
        lookForAwaited();
        return next;
    }

    /** A frame and those that follow it, as far as they are at hand and come to about so many bytes. */
    byte[] withFollowing(Frame first, int most) {
        if (steps.isEmpty()) {
            return first.bytes();
        }
        var bytes = new ByteArrayOutputStream(most);
        bytes.writeBytes(first.bytes());
        for (Step step = steps.peek();
                step != null && bytes.size() + step.frame().bytes().length <= most; ) {
            bytes.writeBytes(step.frame().bytes());
            steps.remove();
            step = steps.peek();
        }
        return bytes.toByteArray();
    }

    private void await(String id) {
        awaited = id;
        connection.shard().later(() -> {
            if (awaited != null && connection.isOpen()) {
                // It may have come and gone, or been lost on its way
                awaited = null;
                readAfter(id);
            }
        });
    }

    private void lookForAwaited() {
        if (awaited != null && arriveAfter(awaited)) {
            awaited = null;
        }
    }

    /** Whether the cursor is at its place, with nothing left to write on the way. */
    boolean isOver() {
        return arrived && steps.isEmpty();
    }

    private void arriveAt(long position) {
        cursor.moveTo(position);
        arrived = true;
    }

    private boolean arriveAfter(String id) {
        long position = channel.log().after(id);
        if (position == ChannelLog.UNKNOWN) {
            return false;
        }
        arriveAt(position);
        return true;
    }

    private void readAfter(String afterId) {
        String throughId = channel.log().newestId();
        int limit = pageSize;
        channel.history(afterId, throughId, limit)
                .whenComplete((page, failure) -> connection.shard().execute(() -> {
                    if (!connection.isOpen()) {
                        return;
                    }
                    if (failure != null) {
                        connection.shard().later(() -> readAfter(afterId));
                    } else if (page.start() == History.Start.COMPLETE) {
                        take(page, afterId, throughId, limit);
                    } else {
                        takeAfterGap(page, afterId, throughId, limit);
                    }
                    connection.write();
                }));
    }

    /**
     * Nothing lies between the client's id and this node's: the client has seen what this node is still to be given, or the
     * node's is a later place in a log of many channels, which has been quiet in this one. Then nothing lies between them the
     * other way round, either.
     */
    private void orderOf(String clientId, String nodeId) {
        channel.history(nodeId, clientId, 1)
                .whenComplete((page, failure) -> connection.shard().execute(() -> {
                    if (!connection.isOpen()) {
                        return;
                    }
                    if (failure != null || page.start() != History.Start.COMPLETE) {
                        connection.shard().later(() -> readAfter(clientId));
                    } else if (!page.messages().isEmpty()) {
                        await(clientId);
                    } else if (!arriveAfter(nodeId)) {
                        readAfter(nodeId);
                    }
                    connection.write();
                }));
    }

    /**
     * After a gap it goes on where the history begins. That end moves while others publish, and may be faster than a client whose pages are read one
     * by one: rather than run before it from gap to gap, whoever is overtaken again goes on with what this node has at hand.
     */
    private void takeAfterGap(History page, String lastId, String throughId, int limit) {
        ChannelLog log = channel.log();
        if (page.start() == History.Start.UNKNOWN) {
            gap(lastId, null, cursor.joinId());
            arriveAt(cursor.position());
        } else if (overtaken
                || page.messages().isEmpty()
                || log.after(page.messages().get(0).id()) != ChannelLog.UNKNOWN) {
            gap(lastId, log.oldestId(), null);
            arriveAt(log.tail());
        } else {
            overtaken = true;
            gap(lastId, page.messages().get(0).id(), null);
            take(page, lastId, throughId, limit);
        }
    }

    private void gap(String requested, @Nullable String oldest, @Nullable String id) {
        String whole = EventIds.shown(requested);
        String shown = whole.length() > SHOWN_ID ? whole.substring(0, SHOWN_ID) : whole;
        String place = id == null ? null : EventIds.shown(id);
        steps.add(new Step(channel.gaps().frame(channel.name(), shown, oldest, place), id));
    }

    /** Queues a page. The last one leads to the place in the log after the id that the history was read through. */
    private void take(History page, String afterId, String throughId, int limit) {
        if (throughId.isEmpty()) {
            arriveAt(channel.log().tail());
            return;
        }
        if (page.messages().isEmpty() && !afterId.equals(throughId)) {
            orderOf(afterId, throughId);
            return;
        }
        String lastId = afterId;
        long bytes = 0;
        for (StoredMessage stored : page.messages()) {
            lastId = stored.id();
            Frame frame = channel.frameOf(stored);
            if (frame != null) {
                steps.add(new Step(frame, lastId));
                bytes += frame.bytes().length;
            }
        }
        if (bytes > 0) {
            pageSize = (int) Math.max(1, Math.min(PAGE, page.messages().size() * (long) PAGE_BYTES / bytes));
        }
        boolean whole = page.messages().size() < limit || lastId.equals(throughId);
        if (!whole) {
            String from = lastId;
            nextPage = () -> readAfter(from);
        } else if (!arriveAfter(throughId)) {
            readAfter(throughId);
        }
    }
}
