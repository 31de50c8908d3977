package dev.siaran.internal.broker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: twice as long each time up to a bound, and anywhere in the upper half of that,
 * so that the nodes of a cluster do not come back in step. Used by one thread.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(50);

    /** Within this time of a server's return every node is back. */
    public static final Duration LONGEST = Duration.ofMillis(500);

    private long bound = FIRST.toMillis();

    public Duration next() {
        long delay = ThreadLocalRandom.current().nextLong(bound / 2, bound + 1);
        bound = Math.min(2 * bound, LONGEST.toMillis());
        return Duration.ofMillis(delay);
    }

    public void reset() {
        bound = FIRST.toMillis();
    }
}
