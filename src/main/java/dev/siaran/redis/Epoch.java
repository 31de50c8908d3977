package dev.siaran.redis;

import org.jspecify.annotations.Nullable;

/**
 * What the data of a server is told by.
 *
 * @param key where it is kept: what a cluster has moved to other servers has another
 * @param value made up by whoever finds none
 */
record Epoch(String key, String value) {

    /** Whether all that there was at this earlier one is gone. */
    boolean endsThat(@Nullable Epoch before) {
        return before != null && before.key.equals(key) && !before.value.equals(value);
    }
}
