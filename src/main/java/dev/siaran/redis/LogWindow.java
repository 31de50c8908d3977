package dev.siaran.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log as it is read by many at a time: a stretch of it that is read once, and read on as far as anyone needs. Who asks
 * in the order of the ids makes it read nothing twice. It is for requests that were made before it, because it does not
 * look at the newest entry again. Used by one thread.
 */
final class LogWindow implements LogView {

    private final ChannelLog log;
    private final String channel;

    private @Nullable String tail;

    /** All entries after {@code from}, without a hole, as far as they have been read; perhaps some before it. */
    private final List<Entry> entries = new ArrayList<>();

    private StreamId from = StreamId.of("");

    /** Whether anything has been read. */
    private boolean isRead;

    /** Whether there were no more. */
    private boolean ended;

    LogWindow(ChannelLog log, String channel) {
        this.log = log;
        this.channel = channel;
    }

    @Override
    public String tail() {
        String known = tail;
        if (known == null) {
            known = log.tail(channel);
            tail = known;
        }
        return known;
    }

    @Override
    public List<Entry> range(String after, String through, int limit) {
        StreamId start = StreamId.of(after);
        if (!covers(start)) {
            // The first reads what it asked for; if there are others, they are likely to need what follows, too
            int most = isRead ? ChannelLog.PAGE : limit;
            isRead = true;
            entries.clear();
            ended = false;
            from = start;
            readOn(after, most);
        }
        forgetBefore(start);
        int first = firstAfter(start);
        int count = Math.min(limit, ChannelLog.PAGE);
        while (!ended && entries.size() - first < count && !reaches(through)) {
            readOn(entries.get(entries.size() - 1).id(), ChannelLog.PAGE);
        }
        int end = through.isEmpty() ? entries.size() : firstAfter(StreamId.of(through));
        return List.copyOf(entries.subList(first, Math.max(first, Math.min(end, first + count))));
    }

    private boolean covers(StreamId start) {
        return start.compareTo(from) >= 0 && (ended || (!entries.isEmpty() && start.compareTo(last().place()) <= 0));
    }

    private boolean reaches(String through) {
        return !through.isEmpty() && last().place().compareTo(StreamId.of(through)) >= 0;
    }

    private Entry last() {
        return entries.get(entries.size() - 1);
    }

    private void readOn(String after, int limit) {
        List<Entry> page = log.range(channel, after, "", limit);
        entries.addAll(page);
        ended = page.size() < Math.min(limit, ChannelLog.PAGE);
    }

    /** Keeps the memory small: nobody comes back to what lies before. */
    private void forgetBefore(StreamId start) {
        int before = firstAfter(start) - 1;
        if (before > ChannelLog.PAGE) {
            entries.subList(0, before).clear();
            from = start;
        }
    }

    /** The place of the first entry after an id. */
    private int firstAfter(StreamId id) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).place().compareTo(id) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean contains(String id) {
        StreamId place = StreamId.of(id);
        int at = firstAfter(place) - 1;
        return (at >= 0 && entries.get(at).id().equals(id)) || log.contains(channel, id);
    }
}
