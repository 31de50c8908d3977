package dev.siaran.internal.hub;

import java.time.Duration;

/**
 * The times that every connection keeps.
 *
 * @param heartbeat the longest that a healthy stream is silent
 * @param maxLag how long a client may take nothing before it is disconnected
 */
record Pace(Duration heartbeat, Duration maxLag) {

    long maxLagNanos() {
        return maxLag.toNanos();
    }

    /**
     * The idle time after which a connection gets a heartbeat: between five and six tenths of the longest allowed. Spread,
     * so that many do not fire at once. With the time until somebody looks, a fifteenth, it is two thirds at most: so three,
     * which some containers need to notice that a client has gone, fit in two of the longest.
     */
    long heartbeatNanos(Connection connection) {
        long tenth = heartbeat.toNanos() / 10;
        return 5 * tenth + (System.identityHashCode(connection) & 0xffff) * tenth / 0x10000;
    }

    /** How often connections are looked at: often enough to keep the times above, seldom enough to cost nothing. */
    long tickNanos() {
        long shortest = Math.min(heartbeat.toNanos(), maxLag.toNanos());
        return Math.max(
                Duration.ofMillis(10).toNanos(), Math.min(Duration.ofSeconds(1).toNanos(), shortest / 15));
    }
}
