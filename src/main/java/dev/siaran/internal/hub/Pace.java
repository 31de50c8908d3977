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
     * The idle time after which a connection gets a heartbeat: as long as it can be, if the writes that it takes to notice that a
     * client has gone are to fit in two of the longest allowed, each with the time until somebody looks, a fifteenth; less up to
     * a tenth of the longest, so that many do not fire at once.
     */
    long heartbeatNanos(Object connection, int writesToNotice) {
        long longest = heartbeat.toNanos();
        long spread = (System.identityHashCode(connection) & 0xffff) * (longest / 10) / 0x10000;
        return 2 * longest / writesToNotice - longest / 15 - spread;
    }

    /** How often connections are looked at: often enough to keep the times above, seldom enough to cost nothing. */
    long tickNanos() {
        long shortest = Math.min(heartbeat.toNanos(), maxLag.toNanos());
        return Math.max(
                Duration.ofMillis(10).toNanos(), Math.min(Duration.ofSeconds(1).toNanos(), shortest / 15));
    }
}
