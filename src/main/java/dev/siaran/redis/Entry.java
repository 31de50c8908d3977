package dev.siaran.redis;

import dev.siaran.spi.Message;
import dev.siaran.spi.StoredMessage;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One link of a channel's log. Each entry names the one before it, so that a reader can tell a hole whatever has become
 * of the log: trimmed, expired, flushed, or taken back by a failover.
 *
 * @param previous the id of the entry before; empty if there was none, null if the entry does not say
 * @param id the id of this entry
 * @param message what was published, null for an entry that is not ours
 * @param forgotten the id of a message that was in the log before this entry, and is lost; null if no loss is known
 */
record Entry(
        @Nullable String previous,
        String id,
        @Nullable Message message,
        @Nullable String forgotten) {

    /** The fields of an entry in the stream, as {@code publish.lua} writes them. */
    private static final String PREVIOUS = "p";

    private static final String EVENT = "e";
    private static final String DATA = "d";
    private static final String FORGOTTEN = "l";

    /** What stands for "none" in place of an id. */
    static final String NONE = "-";

    /** Reads an entry of the stream. One that somebody else has added keeps its place, without a message. */
    static Entry ofFields(String channel, String id, Map<String, String> fields) {
        String previous = fields.get(PREVIOUS);
        String data = fields.get(DATA);
        if (previous == null || data == null) {
            return new Entry(null, id, null, null);
        }
        var message = new Message(channel, fields.get(EVENT), data);
        return new Entry(NONE.equals(previous) ? "" : previous, id, message, fields.get(FORGOTTEN));
    }

    Optional<StoredMessage> stored() {
        return Optional.ofNullable(message).map(present -> new StoredMessage(id, present));
    }

    StreamId place() {
        return StreamId.of(id);
    }

    /** Whether this entry comes straight after the given id, as far as it says. */
    boolean follows(String last) {
        return previous == null || previous.equals(last);
    }
}
