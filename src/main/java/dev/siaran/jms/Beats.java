package dev.siaran.jms;

import java.time.Duration;

/**
 * The numbers of the signs of life that a node sends to itself by way of the topic. One that comes back says that all which this
 * node had sent before has come, too; one that does not, that nothing comes any more, though nobody has said that a
 * connection is broken.
 *
 * <p>Safe for use by many threads.
 */
final class Beats {

    /** How often one is sent. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private final long interval;

    // Guarded by this.
    private long requested;
    private long sent;
    private long heard;
    private long lastSentNanos;
    private long unheardSinceNanos;

    Beats(Duration interval) {
        this.interval = interval.toNanos();
        this.lastSentNanos = System.nanoTime() - this.interval;
    }

    /** Asks for one to be sent soon, and returns its number. */
    synchronized long request() {
        return ++requested;
    }

    /** How long until the next has to be sent, zero or less if it is due. */
    synchronized Duration untilDue() {
        return requested > sent ? Duration.ZERO : Duration.ofNanos(interval - (System.nanoTime() - lastSentNanos));
    }

    boolean isDue() {
        Duration left = untilDue();
        return left.isZero() || left.isNegative();
    }

    /** The number of the one that is to be sent now. */
    synchronized long next() {
        if (requested == sent) {
            requested++;
        }
        return requested;
    }

    synchronized void sent(long number) {
        lastSentNanos = System.nanoTime();
        if (sent <= heard) {
            unheardSinceNanos = lastSentNanos;
        }
        sent = number;
    }

    synchronized void heard(long number) {
        if (number > heard) {
            heard = number;
            unheardSinceNanos = System.nanoTime();
        }
    }

    /** Whoever listens begins anew: what was sent before is not waited for. */
    synchronized void forget() {
        heard = Math.max(heard, sent);
    }

    /** Three that were sent have not come back. */
    synchronized boolean areMissing() {
        return sent > heard && System.nanoTime() - unheardSinceNanos > 3 * interval;
    }
}
