package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.NotAuthorizedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LifetimesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Lifetimes lifetimes(Duration maxAge) {
        return new Lifetimes(maxAge, InstantSource.fixed(NOW));
    }

    @Test
    void streamsEndInTheLastFifthOfTheirMaximumAge() {
        var seconds = Stream.generate(() -> lifetimes(Duration.ofSeconds(100)).lifetime(null))
                .limit(1000)
                .mapToLong(Duration::toSeconds)
                .summaryStatistics();

        assertTrue(seconds.getMin() >= 80 && seconds.getMax() <= 100, seconds::toString);
        assertTrue(seconds.getMin() < 84 && seconds.getMax() > 96, seconds::toString);
    }

    @Test
    void noStreamOutlivesTheCredentials() {
        assertEquals(Duration.ofSeconds(7), lifetimes(Duration.ofSeconds(100)).lifetime(NOW.plusSeconds(7)));
        assertEquals(Duration.ofDays(7), lifetimes(Duration.ZERO).lifetime(NOW.plus(Duration.ofDays(7))));
    }

    @Test
    void credentialsThatLastLongDoNotLengthenTheMaximumAge() {
        assertTrue(lifetimes(Duration.ofSeconds(100)).lifetime(Instant.MAX).toSeconds() <= 100);
    }

    @Test
    void withoutAMaximumAgeAStreamLastsForAnyTime() {
        assertNull(lifetimes(Duration.ZERO).lifetime(null));
        assertEquals(Duration.ofDays(3650), lifetimes(Duration.ZERO).lifetime(Instant.MAX));
    }

    @Test
    void withExpiredCredentialsNoStreamOpens() {
        assertThrows(
                NotAuthorizedException.class, () -> lifetimes(Duration.ZERO).lifetime(NOW));
        assertThrows(
                NotAuthorizedException.class,
                () -> lifetimes(Duration.ofHours(1)).lifetime(Instant.MIN));
    }
}
