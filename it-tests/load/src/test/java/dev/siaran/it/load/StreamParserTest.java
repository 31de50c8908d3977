package dev.siaran.it.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamParserTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final List<String> heard = new ArrayList<>();
    private final EventParser events = new EventParser(new StreamListener() {
        @Override
        public void reading() {
            // the connection's own
        }

        @Override
        public void opened(int status) {
            // the connection's own
        }

        @Override
        public void ended() {
            // the connection's own
        }

        @Override
        public void retry(long millis) {
            heard.add("retry " + millis);
        }

        @Override
        public void event(long sequence, long stamp) {
            heard.add(sequence + "@" + stamp);
        }

        @Override
        public void gap() {
            heard.add("gap");
        }
    });
    private final ResponseParser response = new ResponseParser(events);

    private void receive(String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += piece) {
            byte[] next = java.util.Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece));
            response.parse(next, next.length);
        }
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void eventsAreReadHoweverTheyAreCut(int piece) {
        receive(
                HEAD + "\n\nevent: bench\ndata: 7 123 xxx\nid: 1-2\n\n: hello\n\nevent:bench\nid:3\ndata:8 124\n\n",
                piece);

        assertEquals(200, response.status());
        assertEquals(List.of("7@123", "8@124"), heard);
        assertEquals("3", new String(events.lastId(), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void chunksMayEndInTheMiddleOfAnEvent(int piece) {
        receive(CHUNKED + chunk("data: 1 5 x\n\ndata: 2") + chunk(" 6 x\n") + chunk("\ndata: 3 7\n\n"), piece);

        assertEquals(List.of("1@5", "2@6", "3@7"), heard);
        assertFalse(response.isEnded());
    }

    @Test
    void theLastChunkEndsTheResponse() {
        receive(CHUNKED + chunk("data: 1 5 x\n\n") + "0\r\n\r\n", 1000);

        assertTrue(response.isEnded());
    }

    @Test
    void anEventWithoutItsBlankLineDoesNotCountAndNeitherDoesItsId() {
        receive(HEAD + "data: 1 5 x\nid: a\n\ndata: 2 6 x\nid: b\n", 1000);

        assertEquals(List.of("1@5"), heard);
        assertEquals("a", new String(events.lastId(), StandardCharsets.US_ASCII));
    }

    @Test
    void longIdsAreKeptWhole() {
        String id = "0123456789".repeat(10);
        receive(HEAD + "id: short\ndata: 1 5\n\nid: " + id + "\ndata: 2 6\n\n", 1000);

        assertEquals(id, new String(events.lastId(), StandardCharsets.US_ASCII));
    }

    @Test
    void gapsAreHeardAndOtherDataIsNot() {
        receive(HEAD + ": hello\n\ndata: welcome\n\nevent: gap\ndata: {\"oldest\":\"1 2\"}\n\n", 1000);

        assertEquals(List.of("gap"), heard);
    }

    @Test
    void carriageReturnsBeforeLineFeedsAreNoData() {
        receive(HEAD + "event: gap\r\ndata: x\r\n\r\ndata: 4 9\r\n\r\n", 1000);

        assertEquals(List.of("gap", "4@9"), heard);
    }

    @Test
    void aRefusalHasItsStatus() {
        receive("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n\r\n", 1000);

        assertEquals(503, response.status());
    }

    @Test
    void numbersMayBePadded() {
        receive(HEAD + "data: 0000000000000000042 0000000009876543210 xxxx\n\n", 1000);

        assertEquals(List.of("42@9876543210"), heard);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void theLastRetryIsWhatTheServerAsksFor(int piece) {
        receive(HEAD + "retry: 2000\n\ndata: 1 5\nretry:350\r\n\n", piece);

        assertEquals(List.of("retry 2000", "retry 350", "1@5"), heard);
    }
}
