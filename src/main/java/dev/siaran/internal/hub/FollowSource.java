package dev.siaran.internal.hub;

import dev.siaran.internal.wire.FrameEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows one channel or several: a cursor in each. With one channel the bytes of the log are written as they are; with
 * several each event gets an id of the stream's own, which carries the position in all of them.
 *
 * <p>The shard's thread only, except for the constructor.
 */
final class FollowSource implements Source {

    /** About as many bytes of the history go out in one write. */
    private static final int REPLAYED_AT_ONCE = 16 << 10;

    private final List<Cursor> cursors;
    private final SlowPolicy slow;
    private final Runnable onClosed;
    private @Nullable Connection connection;

    // Until the first turn
    private @Nullable String lastEventId;
    private byte @Nullable [] opening;

    // With several channels: how far the client is in each, and whose turn it is, so that a busy one holds up no other
    private @Nullable String @Nullable [] ids;
    private int turn;

    FollowSource(
            List<Channel> channels,
            Shard shard,
            @Nullable String lastEventId,
            SlowPolicy slow,
            byte[] retry,
            Runnable onClosed) {
        this.cursors =
                channels.stream().map(channel -> new Cursor(channel, shard)).toList();
        this.slow = slow;
        this.onClosed = onClosed;
        this.lastEventId = lastEventId;
        this.opening = lastEventId == null ? withId(retry) : retry;
    }

    /** The retry, and the id of where the client begins: if it is cut off before the first event, it resumes from here. */
    private byte[] withId(byte[] retry) {
        String id = currentId();
        if (id.isEmpty()) {
            return retry;
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(retry);
        bytes.writeBytes(FrameEncoder.id(id));
        return bytes.toByteArray();
    }

    private String currentId() {
        if (cursors.size() > 1) {
            return EventIds.of(cursors, cursors.stream().map(Cursor::joinId).toArray(String[]::new));
        }
        String id = cursors.get(0).joinId();
        return id == null ? "" : EventIds.shown(id);
    }

    @Override
    public void opened(Connection opened) {
        connection = opened;
        List<@Nullable String> lastIds = EventIds.parse(lastEventId, cursors);
        if (cursors.size() > 1) {
            ids = new @Nullable String[cursors.size()];
        }
        for (int i = 0; i < cursors.size(); i++) {
            String lastId = lastIds.get(i);
            if (ids != null) {
                ids[i] = lastId == null ? cursors.get(i).joinId() : EventIds.isSendable(lastId) ? lastId : null;
            }
            cursors.get(i).open(opened, lastId);
        }
        lastEventId = null;
    }

    @Override
    public Progress writeNext(Outlet outlet) throws IOException {
        byte[] first = opening;
        if (first != null) {
            opening = null;
            outlet.write(first, 0, first.length);
            return Progress.SOME;
        }
        for (int i = 0; i < cursors.size(); i++) {
            int number = turn;
            turn = number + 1 == cursors.size() ? 0 : number + 1;
            Progress progress = writeFrom(number, outlet);
            if (progress != Progress.NOTHING) {
                return progress;
            }
        }
        return Progress.NOTHING;
    }

    private Progress writeFrom(int number, Outlet outlet) throws IOException {
        Cursor cursor = cursors.get(number);
        Replay replay = cursor.replay();
        if (replay == null) {
            return writeFromLog(cursor, number, outlet);
        }
        Replay.Step step = replay.next();
        if (step == null) {
            // It may have arrived just now, without anything to write on the way
            return replay.isOver() ? writeFrom(number, outlet) : Progress.NOTHING;
        }
        if (ids == null) {
            byte[] bytes = replay.withFollowing(step.frame(), REPLAYED_AT_ONCE);
            outlet.write(bytes, 0, bytes.length);
        } else {
            writeWithOwnId(number, step.frame().bytes(), 0, step.frame().bodyLength(), step.id(), outlet);
        }
        return Progress.SOME;
    }

    private Progress writeFromLog(Cursor cursor, int number, Outlet outlet) throws IOException {
        Run run = cursor.nextRun();
        if (run == null) {
            return Progress.NOTHING;
        }
        if (run.isTrimmed()) {
            return isGoingOnAfterGap(cursor) ? writeFrom(number, outlet) : Progress.NOTHING;
        }
        if (ids == null && slow != SlowPolicy.LATEST) {
            cursor.moveTo(run.next());
            outlet.write(run.bytes(), run.offset(), run.length());
            return cursor.isAtHead() ? Progress.ALL : Progress.SOME;
        }
        LogEntry entry = slow == SlowPolicy.LATEST ? cursor.nextNewest() : cursor.nextEntry();
        run = cursor.nextRun();
        if (entry == null || run == null || run.isTrimmed()) {
            return Progress.NOTHING;
        }
        cursor.moveTo(entry.end());
        if (ids == null) {
            outlet.write(run.bytes(), run.offset(), entry.length());
        } else {
            writeWithOwnId(number, run.bytes(), run.offset(), entry.bodyLength(), entry.id(), outlet);
        }
        return Progress.SOME;
    }

    private boolean isGoingOnAfterGap(Cursor cursor) {
        if (slow == SlowPolicy.DISCONNECT) {
            if (connection != null) {
                connection.close();
            }
            return false;
        }
        cursor.skipWhatIsTrimmed();
        return true;
    }

    private void writeWithOwnId(
            int number, byte[] bytes, int offset, int bodyLength, @Nullable String id, Outlet outlet)
            throws IOException {
        @Nullable String[] positions = ids;
        if (positions == null) {
            return;
        }
        if (id != null) {
            positions[number] = id;
        }
        var frame = new ByteArrayOutputStream(bodyLength + 64 * positions.length);
        frame.write(bytes, offset, bodyLength);
        frame.writeBytes(FrameEncoder.id(EventIds.of(cursors, positions)));
        outlet.write(frame.toByteArray(), 0, frame.size());
    }

    @Override
    public void closed() {
        cursors.forEach(Cursor::close);
        onClosed.run();
    }
}
