package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Pace pace = new Pace(HEARTBEAT, Duration.ofSeconds(30));

    /** Of a thousand connections. */
    private LongSummaryStatistics silences(int writesToNotice) {
        return IntStream.range(0, 1000)
                .mapToLong(i -> pace.heartbeatNanos(new Object(), writesToNotice))
                .summaryStatistics();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theWritesThatItTakesToNoticeThatAClientHasGoneFitInTwoHeartbeats(int writesToNotice) {
        // each is late by as long as nobody looks
        long longest = silences(writesToNotice).getMax() + pace.tickNanos();

        assertTrue(writesToNotice * longest <= 2 * HEARTBEAT.toNanos(), () -> longest + " ns");
        assertTrue(longest <= HEARTBEAT.toNanos(), () -> longest + " ns");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void manyAreSpreadOverATenthAndNoMoreOftenThanTheyHaveTo(int writesToNotice) {
        LongSummaryStatistics silences = silences(writesToNotice);

        long tenth = HEARTBEAT.toNanos() / 10;
        assertTrue(silences.getMax() - silences.getMin() > tenth * 9 / 10, silences::toString);
        assertTrue(
                writesToNotice * (silences.getMin() + tenth + pace.tickNanos()) >= 2 * HEARTBEAT.toNanos(),
                silences::toString);
    }

    @Test
    void whoIsNoticedByTwoWritesIsWrittenLessOften() {
        assertTrue(silences(2).getMin() > silences(3).getMax());
    }
}
