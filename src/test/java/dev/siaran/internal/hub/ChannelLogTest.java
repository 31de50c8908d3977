package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.wire.EventStreamParser;
import dev.siaran.internal.wire.EventStreamParser.Event;
import dev.siaran.internal.wire.FrameEncoder;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChannelLogTest {

    private final AtomicLong maxBytes = new AtomicLong(4L << 20);
    private final AtomicLong clock = new AtomicLong(1);
    private final ChannelLog log = log(Duration.ZERO);

    private ChannelLog log(Duration minAge) {
        var bounds = new SiaranConfig.Log(100, minAge, maxBytes.get(), maxBytes.get(), Duration.ZERO);
        return new ChannelLog(bounds, maxBytes::get, clock::get);
    }

    private void append(int from, int through, int size, long keepFrom) {
        append(log, from, through, size, keepFrom);
    }

    private static void append(ChannelLog log, int from, int through, int size, long keepFrom) {
        for (int i = from; i <= through; i++) {
            String data = i + "-".repeat(size);
            log.append("" + i, null, FrameEncoder.event(null, data, "" + i), keepFrom);
        }
    }

    private List<String> idsFrom(long position) {
        var bytes = new ByteArrayOutputStream();
        long next = position;
        for (Run run = log.runFrom(next); run != null; run = log.runFrom(next)) {
            bytes.write(run.bytes(), run.offset(), run.length());
            next = run.next();
        }
        assertEquals(log.head(), next);
        return EventStreamParser.parse(bytes.toByteArray()).events().stream()
                .map(Event::lastEventId)
                .toList();
    }

    private static List<String> ids(int from, int through) {
        return IntStream.rangeClosed(from, through).mapToObj(i -> "" + i).toList();
    }

    @Test
    void whatIsAppendedIsReadFromAnyPlace() {
        append(1, 100, 50, Long.MAX_VALUE);

        assertEquals(ids(1, 100), idsFrom(0));
        assertEquals(ids(43, 100), idsFrom(log.after("42")));
        assertEquals(List.of(), idsFrom(log.after("100")));
    }

    @Test
    void theNumberOfEventsIsBounded() {
        append(1, 1000, 50, Long.MAX_VALUE);

        assertEquals(ids(901, 1000), idsFrom(log.tail()));
        assertEquals(ChannelLog.UNKNOWN, log.after("899"));
        Run gone = log.runFrom(0);
        assertNotNull(gone);
        assertTrue(gone.isTrimmed());
    }

    @Test
    void theNumberGivesWayToABurstThatIsStillToBeWritten() {
        append(1, 1000, 50, 0);

        assertEquals(ids(1, 1000), idsFrom(0));
    }

    @Test
    void theNumberGivesWayToWhatIsYoung() {
        ChannelLog young = log(Duration.ofSeconds(30));
        append(young, 1, 1000, 50, Long.MAX_VALUE);
        clock.addAndGet(Duration.ofSeconds(29).toNanos());
        append(young, 1001, 1010, 50, Long.MAX_VALUE);
        assertEquals("1", young.oldestId());

        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        young.trim(Long.MAX_VALUE);

        assertEquals("911", young.oldestId());
    }

    @Test
    void theBytesAreBoundedWhateverIsStillToBeWritten() {
        append(1, 2000, 16_384, 0);

        assertTrue(log.allocatedBytes() <= maxBytes.get(), () -> log.allocatedBytes() + " bytes");
        assertTrue(log.allocatedBytes() > maxBytes.get() * 9 / 10, () -> log.allocatedBytes() + " bytes");
        assertEquals("2000", log.newestId());
    }

    @Test
    void aBoundThatBecomesSmallerIsKeptFromThenOn() {
        append(1, 100, 16_384, 0);

        maxBytes.set(100_000);
        log.trim(0);

        assertTrue(log.allocatedBytes() <= 100_000, () -> log.allocatedBytes() + " bytes");
        assertEquals("100", log.newestId());
    }

    @Test
    void anEventLargerThanTheBoundIsKeptUntilTheNext() {
        maxBytes.set(1024);
        append(1, 3, 10_000, 0);

        assertEquals(List.of("3"), idsFrom(log.tail()));
    }

    @Test
    void aQuietChannelHoldsLittle() {
        append(1, 1, 50, Long.MAX_VALUE);

        assertEquals(512 + LogIndex.ENTRY_BYTES, log.allocatedBytes());
    }

    @Test
    void theEventBeforeTheFirstIsKnownUntilTheFirstIsTrimmed() {
        log.startAfter("0");

        assertEquals(0, log.after("0"));
        assertEquals("0", log.newestId());
        append(1, 100, 10, Long.MAX_VALUE);
        assertEquals(0, log.after("0"));
        append(101, 101, 10, Long.MAX_VALUE);
        assertEquals(ChannelLog.UNKNOWN, log.after("0"));
    }

    @Test
    void whatHasNoIdIsReadButNotFound() {
        append(1, 1, 10, Long.MAX_VALUE);
        log.append(null, "gap", FrameEncoder.event("gap", "{}", null), Long.MAX_VALUE);

        assertEquals("1", log.newestId());
        assertEquals("1", log.oldestId());
        assertEquals(2, idsFrom(0).size());
        assertNull(log.entryAt(log.head()));
    }

    @Test
    @Timeout(10)
    void theLatestOfEachTypeIsFoundInOneLookHoweverManyThereAre() {
        maxBytes.set(1L << 30);
        int types = 200_000;
        for (int i = 0; i < 2 * types; i++) {
            String type = i % types == 0 ? null : "type" + i % types;
            log.append("" + i, type, FrameEncoder.event(type, "x", "" + i), 0);
        }

        Collection<LogEntry> newest = log.newestFrom(0);

        assertNotNull(newest);
        assertEquals(
                ids(types, 2 * types - 1), newest.stream().map(LogEntry::id).toList());
        assertEquals(List.of(), List.copyOf(log.newestFrom(log.head())));
    }
}
