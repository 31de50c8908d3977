package dev.siaran.internal.hub;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the streams that one limit bounds. Knows only those that have one.
 *
 * <p>Safe for use by many threads.
 */
final class Tally {

    private final Limit limit;
    private final int most;
    private final ConcurrentHashMap<Object, Integer> streams = new ConcurrentHashMap<>();

    Tally(Limit limit, int most) {
        this.limit = limit;
        this.most = most;
    }

    Limit limit() {
        return limit;
    }

    /** Counts one more, unless that is too many. To refuse costs one look. */
    boolean take(Holder holder) {
        Object key = limit.whose(holder);
        if (most == 0 || key == null) {
            return true;
        }
        while (true) {
            Integer taken = streams.get(key);
            if (taken != null && taken >= most) {
                return false;
            }
            if (taken == null ? streams.putIfAbsent(key, 1) == null : streams.replace(key, taken, taken + 1)) {
                return true;
            }
        }
    }

    /** Counts one less. */
    void give(Holder holder) {
        Object key = limit.whose(holder);
        if (most != 0 && key != null) {
            streams.computeIfPresent(key, (whose, taken) -> taken == 1 ? null : taken - 1);
        }
    }

    /** How many keys are known. */
    int size() {
        return streams.size();
    }
}
