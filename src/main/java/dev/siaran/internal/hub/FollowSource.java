package dev.siaran.internal.hub;

import dev.siaran.internal.wire.FrameEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows one channel or several: a cursor in each. With one channel the bytes of the log are written as they are, to a client
 * that gets all of them; for others a {@link Medley} puts together what they are to get.
 *
 * <p>The shard's thread only, except for the constructor.
 */
final class FollowSource implements Source {

    /** About as many bytes of the history go out in one write. */
    private static final int REPLAYED_AT_ONCE = 16 << 10;

    private final List<Cursor> cursors;
    private final SlowPolicy slow;
    private final Runnable onClosed;
    private final @Nullable Medley medley;

    // Until the first turn
    private @Nullable String lastEventId;
    private byte @Nullable [] opening;

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
        this.medley =
                cursors.size() > 1 || slow == SlowPolicy.LATEST ? new Medley(cursors, slow, shard.frames()) : null;
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
        List<@Nullable String> lastIds = EventIds.parse(lastEventId, cursors);
        if (medley != null) {
            medley.beginAfter(lastIds);
        }
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).open(opened, lastIds.get(i));
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
        return medley == null ? writeFrom(cursors.get(0), outlet) : medley.writeNext(outlet);
    }

    private Progress writeFrom(Cursor cursor, Outlet outlet) throws IOException {
        Replay replay = cursor.replay();
        if (replay == null) {
            return writeFromLog(cursor, outlet);
        }
        Replay.Step step = replay.next();
        if (step == null) {
            // It may have arrived just now, without anything to write on the way
            return replay.isOver() ? writeFrom(cursor, outlet) : Progress.NOTHING;
        }
        byte[] bytes = replay.withFollowing(step.frame(), REPLAYED_AT_ONCE);
        outlet.write(bytes, 0, bytes.length);
        return Progress.SOME;
    }

    private Progress writeFromLog(Cursor cursor, Outlet outlet) throws IOException {
        Run run = cursor.nextRun();
        if (run == null) {
            return Progress.NOTHING;
        }
        if (run.isTrimmed()) {
            return cursor.isGoingOnAfterGap(slow) ? writeFrom(cursor, outlet) : Progress.NOTHING;
        }
        cursor.moveTo(run.next());
        outlet.write(run.bytes(), run.offset(), run.length());
        return cursor.isAtHead() ? Progress.ALL : Progress.SOME;
    }

    @Override
    public void closed() {
        cursors.forEach(Cursor::close);
        onClosed.run();
    }
}
