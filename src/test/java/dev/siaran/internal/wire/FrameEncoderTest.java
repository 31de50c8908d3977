package dev.siaran.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.internal.wire.EventStreamParser.Event;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameEncoderTest {

    @Test
    void anEventIsItsFieldsTheIdLastAndABlankLine() {
        Frame frame = FrameEncoder.event("headline", "It works", "7-1");

        assertEquals("event: headline\ndata: It works\nid: 7-1\n\n", new String(frame.bytes(), UTF_8));
        assertEquals("event: headline\ndata: It works\n".length(), frame.bodyLength());
    }

    @Test
    void anEventWithoutNameAndIdIsItsDataAlone() {
        assertEquals(
                "data: x\n\n", new String(FrameEncoder.event(null, "x", null).bytes(), UTF_8));
        assertEquals("data: x\n\n", new String(FrameEncoder.event("", "x", "").bytes(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "  two spaces first",
                "a",
                "a\n",
                "\n",
                "\n\n",
                "a\n\nb",
                "a\u2028b",
                "a\u2029b",
                "a\u000bb",
                "a\u0085b",
                "a\fb",
                "a\u0000b",
                "\uFEFFbom",
                ":comment",
                "data: x",
                "id: 1",
                "\uD83D\uDE00 smile",
                "{\"json\":[1,2]}"
            })
    void dataSurvivesTheRoundTripThroughABrowsersParser(String data) {
        assertEquals(List.of(new Event("message", data, "1")), roundTrip(null, data, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n"})
    void everyLineEndingBecomesOneLineFeedAndNoMore(String ending) {
        String data = "a" + ending + "b" + ending;

        assertEquals(List.of(new Event("message", "a\nb\n", "")), roundTrip(null, data, null));
    }

    @Test
    void mixedLineEndingsAreTakenApartAsTheStandardDoes() {
        assertEquals(List.of(new Event("message", "a\n\nb\n\nc\nd", "")), roundTrip(null, "a\n\rb\r\r\nc\rd", null));
    }

    @Test
    void whatIsNoCharacterBecomesTheReplacementCharacter() {
        assertEquals(List.of(new Event("message", "a\uFFFDb", "")), roundTrip(null, "a\uD800b", null));
        assertEquals(List.of(new Event("message", "\uFFFD", "")), roundTrip(null, "\uDC00", null));
    }

    @Test
    void namesAndIdsMayBeginWithASpaceOrHoldAColon() {
        assertEquals(List.of(new Event(" a:b", "x", " 1:2")), roundTrip(" a:b", "x", " 1:2"));
    }

    @Test
    void aCommentOfSeveralLinesIsSeveralComments() {
        EventStreamParser parsed = EventStreamParser.parse(FrameEncoder.comment("a\r\nb\n"));

        assertEquals(List.of(" a", " b", " "), parsed.comments());
        assertEquals(List.of(), parsed.events());
    }

    @Test
    void retryIsInMilliseconds() {
        assertEquals(
                2000,
                EventStreamParser.parse(FrameEncoder.retry(Duration.ofSeconds(2)))
                        .retry());
    }

    @Test
    void anIdOnItsOwnIsRememberedAndForgottenWithoutAnEvent() {
        EventStreamParser set = EventStreamParser.parse(FrameEncoder.id("7"));
        EventStreamParser reset = EventStreamParser.parse(join(FrameEncoder.id("7"), FrameEncoder.RESET_ID));

        assertEquals("7", set.lastEventId());
        assertEquals("", reset.lastEventId());
        assertEquals(List.of(), reset.events());
    }

    @Test
    void heartbeatsAreNoEvents() {
        assertEquals(List.of(), EventStreamParser.parse(FrameEncoder.HEARTBEAT).events());
    }

    @Test
    void noTextOfAnyKindMakesASecondEventOrAnotherField() {
        var random = new Random(42);
        char[] alphabet = {'\r', '\n', ':', ' ', 'a', 'i', 'd', '\u2028', '\u0085', 0, '\uFEFF', '\uD800', 'é'};
        for (int round = 0; round < 20_000; round++) {
            var data = new StringBuilder();
            int length = random.nextInt(12);
            for (int i = 0; i < length; i++) {
                data.append(alphabet[random.nextInt(alphabet.length)]);
            }
            String expected =
                    data.toString().replace("\r\n", "\n").replace('\r', '\n').replace('\uD800', '\uFFFD');

            assertEquals(List.of(new Event("e", expected, "1")), roundTrip("e", data.toString(), "1"));
        }
    }

    @Test
    void whatTheEncoderWroteTheReaderTakesApart() {
        byte[] two = join(FrameEncoder.event("e", "a\n\nb", "1").bytes(), FrameEncoder.retry(Duration.ofMillis(5)));

        assertEquals(
                List.of(
                        new FrameReader.Fields("e", "a\n\nb", "1", null, null),
                        new FrameReader.Fields(null, null, null, "5", null)),
                FrameReader.read(two, 0, two.length));
    }

    @Test
    void aFrameIsAsLongAsItsBytes() {
        byte[] bytes = FrameEncoder.event("n", "ä\r\nö\r", "i").bytes();

        assertArrayEquals("event: n\ndata: ä\ndata: ö\ndata: \nid: i\n\n".getBytes(UTF_8), bytes);
    }

    private static List<Event> roundTrip(String name, String data, String id) {
        return EventStreamParser.parse(FrameEncoder.event(name, data, id).bytes())
                .events();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = new byte[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
