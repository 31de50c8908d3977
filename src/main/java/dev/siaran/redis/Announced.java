package dev.siaran.redis;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is announced while the log is being read. Bounded: what does not fit is dropped, because the log has it too. Belongs
 * to one {@link ChannelFeed} and its lock.
 */
final class Announced {

    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_CHARS = 1 << 21;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long chars;
    private boolean overflowed;

    void add(Entry entry) {
        overflowed |= entries.size() >= MAX_ENTRIES || chars >= MAX_CHARS;
        if (!overflowed) {
            entries.addLast(entry);
            chars += size(entry);
        }
    }

    void putBack(Entry entry) {
        entries.addFirst(entry);
        chars += size(entry);
    }

    boolean hasNext() {
        return !entries.isEmpty();
    }

    Entry next() {
        Entry entry = entries.removeFirst();
        chars -= size(entry);
        return entry;
    }

    /** Whether entries were dropped since this was last asked. */
    boolean overflowed() {
        boolean result = overflowed;
        overflowed = false;
        return result;
    }

    void clear() {
        entries.clear();
        chars = 0;
        overflowed = false;
    }

    private static int size(Entry entry) {
        return entry.message() == null ? 0 : entry.message().data().length();
    }
}
