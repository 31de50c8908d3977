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
     * The idle time after which a connection gets a heartbeat: between a half and two thirds of the longest allowed. Spread,
     * so that many do not fire at once; and so that three, which some containers need to notice that a client has gone, fit
     * in two of the longest.
     */
    long heartbeatNanos(Connection connection) {
        long sixth = heartbeat.toNanos() / 6;
        return 3 * sixth + (System.identityHashCode(connection) & 0xffff) * sixth / 0x10000;
    }

    /** How often connections are looked at: often enough to keep the times above, seldom enough to cost nothing. */
    long tickNanos() {
        long shortest = Math.min(heartbeat.toNanos(), maxLag.toNanos());
        return Math.max(
                Duration.ofMillis(10).toNanos(), Math.min(Duration.ofSeconds(1).toNanos(), shortest / 15));
    }
}
