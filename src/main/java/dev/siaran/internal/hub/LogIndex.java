package dev.siaran.internal.hub;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entries of a log, oldest first: a ring that grows with its content. Not safe for use by many threads. */
final class LogIndex {

    private LogEntry[] ring = new LogEntry[16];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(LogEntry entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(first + size++) & (ring.length - 1)] = entry;
    }

    @SuppressWarnings("NullAway") // an empty place in the ring holds null, and is never read
    LogEntry removeOldest() {
        LogEntry oldest = get(0);
        ring[first] = null;
        first = (first + 1) & (ring.length - 1);
        size--;
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

    /** The first entry from a position on that has no successor of its type. */
    @Nullable
    LogEntry newestFrom(long position) {
        for (int i = indexAt(position); i < size; i++) {
            if (isNewestOfItsType(i)) {
                return get(i);
            }
        }
        return null;
    }

    private boolean isNewestOfItsType(int index) {
        String event = get(index).event();
        int newest = size - 1;
        while (!Objects.equals(get(newest).event(), event)) {
            newest--;
        }
        return newest == index;
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

    /** The newest entry with an id; with this id, if one is given. */
    @Nullable
    LogEntry newest(@Nullable String id) {
        for (int i = size - 1; i >= 0; i--) {
            String candidate = get(i).id();
            if (candidate != null && (id == null || id.equals(candidate))) {
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
