package dev.siaran.redis;

import dev.siaran.internal.broker.Pending;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last message of each channel that the server has acknowledged to this publisher, for a while: a server that does not
 * know of it has forgotten it, because the one that did is gone. Used by one thread.
 */
final class Acknowledged {

    /** What is left out of the oldest channels' is a check that is not made. */
    private static final int MAX_CHANNELS = 10_000;

    /**
     * @param sequence the number that the message had here
     * @param id the id that it got
     */
    record Last(long sequence, String id, long at) {}

    static final Last NONE = new Last(0, Entry.NONE, 0);

    private final long lifeMillis;
    private final Clock clock;
    private final Map<String, Last> channels = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > MAX_CHANNELS;
        }
    };

    /** @param historyTtl after which the server may forget; it is not asked about what is older than half of that */
    Acknowledged(Duration historyTtl, Clock clock) {
        this.lifeMillis = historyTtl.toMillis() / 2;
        this.clock = clock;
    }

    void put(Pending message, String id) {
        channels.put(message.channel(), new Last(message.sequence(), id, clock.millis()));
    }

    Last of(String channel) {
        Last last = channels.get(channel);
        return last == null || clock.millis() - last.at() > lifeMillis ? NONE : last;
    }
}
