package dev.siaran.rabbitmq;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest message of each channel within what this node has read without a hole: who has that one has missed nothing, and
 * need not read for it.
 *
 * <p>Safe for use by many threads.
 */
final class Newest {

    private static final int MAX_CHANNELS = 10_000;

    // Guarded by this.
    private final Map<String, Place> channels = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
            return size() > MAX_CHANNELS;
        }
    };

    synchronized void put(String channel, Place place) {
        channels.put(channel, place);
    }

    /** There may be messages that were not read. */
    synchronized void clear() {
        channels.clear();
    }

    /** Whether this is the id of the channel's newest message, as far as this node has read. */
    synchronized boolean is(String channel, EventId id) {
        @Nullable Place place = channels.get(channel);
        return place != null && new EventId(place.offset(), place.stamp(), -1).equals(id);
    }
}
