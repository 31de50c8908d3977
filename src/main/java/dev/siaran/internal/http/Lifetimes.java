package dev.siaran.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long streams last.
 *
 * @param maxAge {@code siaran.max-age}, zero for any time. Streams end in the last fifth of it, so that those that began together, after
 *     a restart, do not return together
 * @param clock what credentials expire by
 */
record Lifetimes(Duration maxAge, InstantSource clock) {

    /** Longer than any stream, and no overflow. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    /**
     * How long a stream may last from now on, null for any time.
     *
     * @param expires when the caller's credentials expire, null if they do not
     * @throws jakarta.ws.rs.NotAuthorizedException if they have
     */
    @Nullable
    Duration lifetime(@Nullable Instant expires) {
        Duration age = maxAge.isZero() ? null : jittered();
        if (expires == null) {
            return age;
        }
        Duration left = Duration.between(clock.instant(), expires);
        if (left.isNegative() || left.isZero()) {
            throw Refusal.unauthorized();
        }
        Duration limit = age == null ? LONGEST : age;
        return left.compareTo(limit) < 0 ? left : limit;
    }

    private Duration jittered() {
        long fifth = maxAge.toNanos() / 5;
        return maxAge.minusNanos(ThreadLocalRandom.current().nextLong(fifth + 1));
    }
}
