package dev.siaran.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many requests are answered by one reading, as each would be alone. */
class HistoryScanTest {

    /** Channel a at even offsets, b at odd ones. */
    private final List<Entry> stream = IntStream.range(0, 100)
            .mapToObj(i -> entry(i, i % 2 == 0 ? "a" : "b", i + 1))
            .toList();

    private static Entry entry(long offset, String channel, long sequence) {
        return new Entry(
                new Place(offset, 1000 + offset), new Message(channel, null, "" + offset), "p", sequence, false);
    }

    private static HistoryRequest request(String channel, String after, String through, int limit) {
        return new HistoryRequest(
                channel,
                EventId.parse(after).orElse(null),
                EventId.parse(through).orElse(null),
                limit);
    }

    private static String id(Entry entry) {
        return EventId.of(entry).toString();
    }

    private String id(int offset) {
        return id(stream.get(offset));
    }

    /** Reads a part of the stream as long as anyone needs more; returns how much was read. */
    private static int scan(List<Entry> entries, long end, HistoryRequest... requests) {
        var scan = new HistoryScan(List.of(requests), end);
        int read = 0;
        while (!scan.isOver()) {
            scan.take(entries.get(read++));
        }
        return read;
    }

    private static List<String> data(HistoryRequest request) {
        return request.result().join().messages().stream()
                .map(stored -> stored.message().data())
                .toList();
    }

    private static Start start(HistoryRequest request) {
        return request.result().join().start();
    }

    @Test
    void eachGetsWhatItsChannelHasBetweenItsIds() {
        // given
        var one = request("a", id(90), id(96), 10);
        var other = request("b", id(89), id(97), 3);
        var all = request("a", id(92), "", 100);
        var none = request("c", EventId.after(stream.get(80).place(), "c").toString(), "", 100);

        // when
        scan(stream.subList(80, 100), 99, one, other, all, none);

        // then
        assertEquals(List.of("92", "94", "96"), data(one));
        assertEquals(List.of("91", "93", "95"), data(other));
        assertEquals(List.of("94", "96", "98"), data(all));
        assertEquals(History.empty(Start.COMPLETE), none.result().join());
        assertEquals(Start.COMPLETE, start(one));
    }

    @Test
    void nothingIsReadThatNobodyNeeds() {
        var first = request("a", id(10), id(12), 10);
        assertEquals(3, scan(stream.subList(10, 100), 99, first));
        assertEquals(List.of("12"), data(first));
    }

    @Test
    void anIdOfAnotherChannelOrStreamIsUnknown() {
        // given
        var ofAnother = request("b", id(10), "", 10);
        var ofAnotherStream = request("a", "12-1", "", 10);
        var placeOfAnother =
                request("a", EventId.after(stream.get(14).place(), "b").toString(), "", 10);
        var future = request("a", "100-1", "", 10);

        // when
        scan(stream.subList(10, 100), 99, ofAnother, ofAnotherStream, placeOfAnother, future);

        // then
        for (HistoryRequest request : List.of(ofAnother, ofAnotherStream, placeOfAnother, future)) {
            assertEquals(History.empty(Start.UNKNOWN), request.result().join());
        }
    }

    @Test
    void whatTheStreamNoLongerHasIsTrimmed() {
        var old = request("a", id(10), "", 2);
        var beginning = request("b", "", "", 2);
        scan(stream.subList(50, 100), 99, old, beginning);
        assertEquals(Start.TRIMMED, start(old));
        assertEquals(List.of("50", "52"), data(old));
        assertEquals(Start.TRIMMED, start(beginning));
        assertEquals(List.of("51", "53"), data(beginning));
    }

    @Test
    void theBeginningIsCompleteIfTheStreamIs() {
        var beginning = request("b", "", "", 2);
        scan(stream, 99, beginning);
        assertEquals(Start.COMPLETE, start(beginning));
        assertEquals(List.of("1", "3"), data(beginning));
    }

    @Test
    void anIdBetweenTwoMessagesIsNone() {
        // given: offsets that the stream has given to something else than messages
        List<Entry> entries = List.of(stream.get(10), stream.get(14));
        var first = request("a", id(10), "", 5);
        var between = request("a", id(12), "", 5);

        // when
        scan(entries, 14, first, between);

        // then
        assertEquals(List.of("14"), data(first));
        assertEquals(Start.UNKNOWN, start(between));
    }

    @Test
    void aRepetitionIsPassedOver() {
        List<Entry> entries =
                List.of(stream.get(0), stream.get(2), entry(3, "a", 1), entry(4, "a", 3), entry(5, "a", 9));
        var all = request("a", id(0), "", 5);
        scan(entries, 5, all);
        assertEquals(List.of("2", "5"), data(all));
    }

    @Test
    void aClientThatIsAheadGetsNothing() {
        var ahead = request("a", id(90), id(80), 5);
        assertTrue(ahead.isBeyond(85));
        assertFalse(ahead.isBeyond(90));
        assertEquals(1, scan(stream.subList(90, 100), 99, ahead));
        assertEquals(History.empty(Start.COMPLETE), ahead.result().join());
    }
}
