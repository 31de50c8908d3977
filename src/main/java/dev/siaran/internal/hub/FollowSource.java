package dev.siaran.internal.hub;

import dev.siaran.internal.wire.FrameEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows one channel or several: a cursor in each. With one channel the bytes of the log are written as they are; with
 * several each event gets an id of the stream's own, which carries the position in all of them.
 */
final class FollowSource implements Source {

    private final List<Cursor> cursors;
    private final @Nullable String lastEventId;
    private final Runnable onClosed;

    // The shard's thread only
    private byte @Nullable [] opening;
    private final List<String> ids = new ArrayList<>();
    private @Nullable Connection connection;

    FollowSource(List<Channel> channels, Shard shard, @Nullable String lastEventId, byte[] retry, Runnable onClosed) {
        this.cursors =
                channels.stream().map(channel -> new Cursor(channel, shard)).toList();
        this.lastEventId = lastEventId;
        this.onClosed = onClosed;
        this.opening = lastEventId == null ? withId(retry) : retry;
    }

    /** The retry, and the id of where the client begins: if it is cut off before the first event, it resumes from here. */
    private byte[] withId(byte[] retry) {
        String id = EventIds.of(
                channels(), cursors.stream().map(c -> c.joined().id()).toList());
        if (id == null) {
            return retry;
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(retry);
        bytes.writeBytes(FrameEncoder.id(id));
        return bytes.toByteArray();
    }

    List<Channel> channels() {
        return cursors.stream().map(Cursor::channel).toList();
    }

    @Override
    public void opened(Connection opened) {
        connection = opened;
        List<@Nullable String> lastIds = lastEventId == null ? List.of() : EventIds.parse(lastEventId, channels());
        for (int i = 0; i < cursors.size(); i++) {
            Cursor cursor = cursors.get(i);
            String lastId = lastIds.isEmpty() ? null : lastIds.get(i);
            ids.add(lastId == null ? cursor.joined().id() : lastId);
            cursor.feed().add(opened);
            cursor.seek(lastId, opened);
        }
    }

    @Override
    public boolean writeNext(Outlet outlet) throws IOException {
        byte[] first = opening;
        if (first != null) {
            opening = null;
            outlet.write(first, 0, first.length);
            return true;
        }
        for (int i = 0; i < cursors.size(); i++) {
            if (writeFrom(i, outlet)) {
                return true;
            }
        }
        return false;
    }

    private boolean writeFrom(int number, Outlet outlet) throws IOException {
        Cursor cursor = cursors.get(number);
        Cursor.Replayed replayed = cursor.nextReplayed();
        if (replayed != null) {
            byte[] bytes = replayed.frame().bytes();
            if (cursors.size() == 1) {
                outlet.write(bytes, 0, bytes.length);
            } else {
                writeWithOwnId(number, bytes, 0, replayed.frame().bodyLength(), replayed.id(), outlet);
            }
            return true;
        }
        if (!cursor.isFollowing() || connection == null) {
            return false;
        }
        Run run = cursor.feed().runFrom(cursor.position());
        if (run == null) {
            return false;
        }
        if (run.isTrimmed()) {
            // Slow client: it comes back with its last id and gets what is kept
            connection.close();
            return false;
        }
        if (cursors.size() == 1) {
            cursor.moveTo(run.next());
            outlet.write(run.bytes(), run.offset(), run.length());
        } else {
            LogEntry entry = cursor.channel().log().entryAt(run.position());
            if (entry == null) {
                connection.close();
                return false;
            }
            cursor.moveTo(entry.end());
            writeWithOwnId(number, run.bytes(), run.offset(), entry.bodyLength(), entry.id(), outlet);
        }
        return true;
    }

    private void writeWithOwnId(
            int number, byte[] bytes, int offset, int bodyLength, @Nullable String id, Outlet outlet)
            throws IOException {
        if (id != null) {
            ids.set(number, id);
        }
        var frame = new ByteArrayOutputStream(bodyLength + 64 * ids.size());
        frame.write(bytes, offset, bodyLength);
        String own = EventIds.of(channels(), ids);
        frame.writeBytes(own == null ? new byte[] {'\n'} : FrameEncoder.id(own));
        outlet.write(frame.toByteArray(), 0, frame.size());
    }

    @Override
    public void closed() {
        Connection ended = connection;
        for (Cursor cursor : cursors) {
            if (ended == null) {
                cursor.feed().leave();
            } else {
                cursor.feed().remove(ended);
            }
        }
        onClosed.run();
    }
}
