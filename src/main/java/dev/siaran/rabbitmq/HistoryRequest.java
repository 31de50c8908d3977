package dev.siaran.rabbitmq;

import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one asks of the history of a channel, and what has been found. Used by one thread at a time. */
final class HistoryRequest {

    private final String channel;
    private final @Nullable EventId after;
    private final @Nullable EventId through;
    private final int limit;
    private final CompletableFuture<History> result = new CompletableFuture<>();
    private final List<StoredMessage> messages = new ArrayList<>();
    private Start start = Start.UNKNOWN;

    /**
     * @param after null for the beginning
     * @param through null for no bound
     */
    HistoryRequest(String channel, @Nullable EventId after, @Nullable EventId through, int limit) {
        this.channel = channel;
        this.after = after;
        this.through = through;
        this.limit = limit;
    }

    String channel() {
        return channel;
    }

    /** The offset of the message that it begins after, -1 for the beginning. */
    long from() {
        return after == null ? -1 : after.offset();
    }

    /** The last offset wanted, if the stream reaches as far. */
    long bound() {
        return through == null ? Long.MAX_VALUE : through.offset();
    }

    CompletableFuture<History> result() {
        return result;
    }

    /** Whether it depends on more than what a node has read that has come so far. */
    boolean isBeyond(long end) {
        return through == null || from() > end || bound() > end;
    }

    /**
     * Takes the first message at or after the place that it begins after.
     *
     * @param oldest whether it is the oldest that is kept
     * @return whether there is more to find
     */
    boolean begin(Entry entry, boolean oldest) {
        if (after == null) {
            start = entry.offset() == 0 ? Start.COMPLETE : Start.TRIMMED;
        } else if (entry.offset() == after.offset()) {
            start = after.isOf(channel, entry) ? Start.COMPLETE : Start.UNKNOWN;
        } else {
            start = oldest ? Start.TRIMMED : Start.UNKNOWN;
        }
        return start != Start.UNKNOWN && from() < bound();
    }

    /** Takes a message of the channel. Returns whether there is more to find. */
    boolean add(Entry entry, StoredMessage message) {
        if (entry.offset() > from() && entry.offset() <= bound()) {
            messages.add(message);
        }
        return messages.size() < limit && entry.offset() < bound();
    }

    void finish() {
        result.complete(new History(start, messages));
    }
}
