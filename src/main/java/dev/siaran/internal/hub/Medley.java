package dev.siaran.internal.hub;

import dev.siaran.internal.wire.FrameBuffer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is written to a client that is not sent the bytes of one log as they are: because it follows several channels,
 * and each event gets an id of the stream's own, which carries the position in all of them; or because it gets only the latest of each
 * type. Many events go out in one write. The channels have their turn one after the other, so a busy one holds up no other.
 *
 * <p>The shard's thread only, except for the constructor.
 */
final class Medley {

    /** About as many bytes go out in one write. */
    private static final int AT_ONCE = 16 << 10;

    /** About as many of them are one channel's, if others have something, too. */
    private static final int SHARE = 4 << 10;

    private final List<Cursor> cursors;
    private final SlowPolicy slow;

    // The shard's: what is put together, until it is written
    private final FrameBuffer frames;

    // How far the client is in each channel, and whose turn it is
    private final @Nullable String[] ids;
    private int turn;

    Medley(List<Cursor> cursors, SlowPolicy slow, FrameBuffer frames) {
        this.cursors = cursors;
        this.slow = slow;
        this.frames = frames;
        this.ids = new @Nullable String[cursors.size()];
    }

    /** Notes where the client is before the first event: where it says, or where the cursors are. */
    void beginAfter(List<@Nullable String> lastIds) {
        for (int i = 0; i < ids.length; i++) {
            String lastId = lastIds.get(i);
            ids[i] = lastId == null ? cursors.get(i).joinId() : EventIds.isSendable(lastId) ? lastId : null;
        }
    }

    /** Writes what is due, as far as one write takes it. */
    Source.Progress writeNext(Outlet outlet) throws IOException {
        frames.clear();
        int silent = 0;
        while (silent < ids.length && frames.length() < AT_ONCE) {
            int before = frames.length();
            if (!takeFrom(turn)) {
                return Source.Progress.NOTHING;
            }
            silent = frames.length() == before ? silent + 1 : 0;
            turn = turn + 1 == ids.length ? 0 : turn + 1;
        }
        if (frames.length() == 0) {
            return Source.Progress.NOTHING;
        }
        byte[] bytes = frames.take();
        outlet.write(bytes, 0, bytes.length);
        return silent == ids.length ? Source.Progress.ALL : Source.Progress.SOME;
    }

    /** Takes what a channel has, up to its share. False if the connection has ended; then nothing may be written any more. */
    private boolean takeFrom(int number) {
        Cursor cursor = cursors.get(number);
        int share = frames.length() + SHARE;
        do {
            takeReplayed(cursor, number, share);
            if (cursor.replay() != null || takeLive(cursor, number, share)) {
                return true;
            }
        } while (cursor.isGoingOnAfterGap(slow));
        return false;
    }

    private void takeReplayed(Cursor cursor, int number, int share) {
        for (Replay replay = cursor.replay(); replay != null && frames.length() < share; replay = cursor.replay()) {
            Replay.Step step = replay.next();
            if (step != null) {
                byte[] frame = step.frame().bytes();
                put(number, frame, 0, frame.length, step.frame().bodyLength(), step.id());
            } else if (!replay.isOver()) {
                return;
            }
        }
    }

    /** False if the log no longer holds what follows. */
    private boolean takeLive(Cursor cursor, int number, int share) {
        for (Run run = cursor.nextRun(); run != null && frames.length() < share; run = cursor.nextRun()) {
            boolean held = !run.isTrimmed()
                    && (slow == SlowPolicy.LATEST
                            ? takeLatest(run, cursor, number, share)
                            : takeAll(run, cursor, number, share));
            if (!held) {
                return false;
            }
        }
        return true;
    }

    private boolean takeAll(Run run, Cursor cursor, int number, int share) {
        while (cursor.position() < run.next() && frames.length() < share) {
            LogEntry entry = cursor.nextEntry();
            if (entry == null) {
                return false;
            }
            put(number, run, entry);
            cursor.moveTo(entry.end());
        }
        return true;
    }

    /** What has no successor now: looked for once, not for each event. */
    private boolean takeLatest(Run first, Cursor cursor, int number, int share) {
        Collection<LogEntry> newest = cursor.newest();
        if (newest == null) {
            return false;
        }
        Run run = first;
        for (LogEntry entry : newest) {
            if (frames.length() >= share) {
                return true;
            }
            cursor.moveTo(entry.start());
            if (entry.start() >= run.next()) {
                run = cursor.nextRun();
                if (run == null || run.isTrimmed()) {
                    return false;
                }
            }
            put(number, run, entry);
            cursor.moveTo(entry.end());
        }
        return true;
    }

    private void put(int number, Run run, LogEntry entry) {
        int offset = run.offset() + (int) (entry.start() - run.position());
        put(number, run.bytes(), offset, entry.length(), entry.bodyLength(), entry.id());
    }

    private void put(int number, byte[] bytes, int offset, int length, int bodyLength, @Nullable String id) {
        if (ids.length == 1) {
            frames.put(bytes, offset, length);
            return;
        }
        if (id != null) {
            ids[number] = id;
        }
        frames.put(bytes, offset, bodyLength);
        frames.beginId();
        EventIds.put(frames, cursors, ids);
        frames.end();
    }
}
