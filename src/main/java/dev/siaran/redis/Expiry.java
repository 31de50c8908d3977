package dev.siaran.redis;

import java.time.Clock;
import java.time.Duration;

/**
 * Tells a log that expired because its channel was quiet, which loses nothing, from one that is gone. Belongs to one
 * {@link ChannelFeed} and its lock.
 */
final class Expiry {

    private final long ttlMillis;
    private final Clock clock;
    private long apartSince;

    Expiry(Duration ttl, Clock clock) {
        this.ttlMillis = ttl.toMillis();
        this.clock = clock;
        this.apartSince = clock.millis();
    }

    void disconnected() {
        apartSince = clock.millis();
    }

    /** Whether time alone explains that there is no log any more after this last id. */
    boolean explainsEmpty(String last) {
        return expired(last, clock.millis());
    }

    /** Whether time alone explains that this entry is the first of a log that had another last id before. */
    boolean explainsStart(String last, Entry first) {
        return "".equals(first.previous()) && expired(last, first.place().millis());
    }

    /** A log that was missed from beginning to end, while this node was away, cannot be told from none. */
    private boolean expired(String last, long at) {
        return !last.isEmpty()
                && StreamId.of(last).millis() + ttlMillis <= at
                && clock.millis() - apartSince < ttlMillis;
    }
}
