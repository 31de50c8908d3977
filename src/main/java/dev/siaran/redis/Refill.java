package dev.siaran.redis;

import org.jspecify.annotations.Nullable;

/** Reads for a feed what it misses. */
@FunctionalInterface
interface Refill {

    /**
     * Asks for what the log has after an id; answers later with {@link ChannelFeed#filled}, on another thread. Tries again
     * for as long as the feed {@linkplain ChannelFeed#isFilling is waiting} for that turn.
     *
     * @param turn passed back with the answer
     * @param after empty for the beginning; null for nothing but the tail that was
     *     there when the feed {@linkplain ChannelFeed#age began}
     */
    void request(ChannelFeed feed, int turn, @Nullable String after);
}
