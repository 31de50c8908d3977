package dev.siaran.internal.hub;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of a log, oldest first: a ring that grows with its content. Not safe for use by many threads. */
final class LogIndex {

    /** About as many bytes of the heap are needed for an entry: itself, its id, and its places in the ring and in the map. */
    static final int ENTRY_BYTES = 160;

    private LogEntry[] ring = new LogEntry[16];
    private int first;
    private int size;
    private final Map<String, LogEntry> byId = new HashMap<>();

    int size() {
        return size;
    }

    void add(LogEntry entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(first + size++) & (ring.length - 1)] = entry;
        if (entry.id() != null) {
            byId.put(entry.id(), entry);
        }
    }

    @SuppressWarnings("NullAway") // an empty place in the ring holds null, and is never read
    LogEntry removeOldest() {
        LogEntry oldest = get(0);
        ring[first] = null;
        first = (first + 1) & (ring.length - 1);
        size--;
        byId.remove(oldest.id(), oldest);
        return oldest;
    }

    LogEntry get(int index) {
        return ring[(first + index) & (ring.length - 1)];
    }

    /** The entry that begins at a position or holds it; null if that is after the newest. */
    @Nullable
    LogEntry at(long position) {
        int index = indexAt(position);
        return index < size ? get(index) : null;
    }

    /** The entries from a position on that have no successor of their type, oldest first. */
    Collection<LogEntry> newestFrom(long position) {
        int oldest = indexAt(position);
        if (oldest == size - 1) {
            // A client that keeps up
            return List.of(get(oldest));
        }
        var newest = new ArrayDeque<LogEntry>();
        var types = new HashSet<@Nullable String>();
        for (int i = size - 1; i >= oldest; i--) {
            if (types.add(get(i).event())) {
                newest.addFirst(get(i));
            }
        }
        return newest;
    }

    private int indexAt(long position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).end() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The entry with this id. */
    @Nullable
    LogEntry withId(String id) {
        return byId.get(id);
    }

    /** The newest entry with an id. */
    @Nullable
    LogEntry newest() {
        for (int i = size - 1; i >= 0; i--) {
            if (get(i).id() != null) {
                return get(i);
            }
        }
        return null;
    }

    /** The oldest entry with an id. */
    @Nullable
    LogEntry oldest() {
        for (int i = 0; i < size; i++) {
            if (get(i).id() != null) {
                return get(i);
            }
        }
        return null;
    }

    private void grow() {
        var larger = new LogEntry[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        ring = larger;
        first = 0;
    }
}
