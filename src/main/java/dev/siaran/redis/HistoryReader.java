package dev.siaran.redis;

import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.StoredMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers what clients have missed, from the log of one channel. Used by one thread. */
final class HistoryReader {

    /** How far the clocks of server and node may be apart; matters only where nothing is kept. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final LogView log;

    HistoryReader(LogView log) {
        this.log = log;
    }

    History read(String afterId, String throughId, int limit) {
        if (!afterId.isEmpty() && StreamId.parse(afterId).isEmpty()) {
            return History.empty(Start.UNKNOWN);
        }
        if (!afterId.isEmpty() && afterId.equals(throughId)) {
            return History.empty(Start.COMPLETE);
        }
        String tail = log.tail();
        List<Entry> page = log.range(afterId, throughId, limit);
        Start start = page.isEmpty() ? startOfNothing(afterId, throughId, tail) : start(afterId, page.get(0));
        if (start == Start.UNKNOWN) {
            return History.empty(start);
        }
        return collect(start, page, throughId, limit);
    }

    private Start start(String afterId, Entry first) {
        String previous = first.previous();
        String forgotten = first.forgotten();
        if (forgotten != null && StreamId.of(forgotten).compareTo(StreamId.of(afterId)) >= 0) {
            return Start.TRIMMED;
        }
        if (previous == null) {
            return !afterId.isEmpty() && log.contains(afterId) ? Start.COMPLETE : Start.TRIMMED;
        }
        if (previous.equals(afterId)) {
            return Start.COMPLETE;
        }
        // An id between two neighbours was never one of this channel.
        boolean between = !previous.isEmpty() && StreamId.of(previous).compareTo(StreamId.of(afterId)) < 0;
        return between ? Start.UNKNOWN : Start.TRIMMED;
    }

    private Start startOfNothing(String afterId, String throughId, String tail) {
        StreamId after = StreamId.of(afterId);
        if (afterId.equals(tail)) {
            return Start.COMPLETE;
        }
        if (tail.isEmpty()) {
            long latest = System.currentTimeMillis() + CLOCK_TOLERANCE.toMillis();
            return after.millis() > latest ? Start.UNKNOWN : Start.TRIMMED;
        }
        if (after.compareTo(StreamId.of(tail)) > 0) {
            return Start.UNKNOWN;
        }
        // The client is ahead of this node, or the last message wanted is gone.
        boolean ahead = after.compareTo(StreamId.of(throughId)) > 0;
        return ahead && log.contains(afterId) ? Start.COMPLETE : Start.TRIMMED;
    }

    /**
     * Reads on until there are enough messages; entries of others do not count. What lies before a hole is left out: a page
     * can tell of one only where it begins.
     */
    private History collect(Start first, List<Entry> firstPage, String throughId, int limit) {
        Start start = first;
        List<StoredMessage> messages = new ArrayList<>();
        List<Entry> page = firstPage;
        int asked = Math.min(limit, ChannelLog.PAGE);
        String last = "";
        while (true) {
            for (Entry entry : page) {
                if (!last.isEmpty() && (entry.forgotten() != null || !entry.follows(last))) {
                    start = Start.TRIMMED;
                    messages.clear();
                }
                last = entry.id();
                entry.stored().ifPresent(messages::add);
            }
            int missing = limit - messages.size();
            if (missing <= 0 || page.size() < asked) {
                return new History(start, messages);
            }
            asked = Math.min(missing, ChannelLog.PAGE);
            page = log.range(last, throughId, missing);
        }
    }
}
