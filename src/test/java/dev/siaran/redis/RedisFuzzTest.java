package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.NastyText;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What anybody may have put into Redis, and any id of a client: read or skipped, without an exception. */
class RedisFuzzTest {

    @Provide
    Arbitrary<String> text() {
        return NastyText.any();
    }

    @Provide
    Arbitrary<String> id() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 9).map(number -> "1-" + number),
                Arbitraries.of(
                        "", "-", "0-0", "01-1", "999999999999999999-999999999999999999", "1000000000000000000-0"),
                text());
    }

    /** Nearly announcements: each part right, wrong, or missing. */
    @Provide
    Arbitrary<byte[]> payload() {
        Arbitrary<String> version = mostly("S1", Arbitraries.of("S2", "", "s1"));
        Arbitrary<String> previous = mostly("1-1", id());
        Arbitrary<String> id = mostly("1-2", id());
        Arbitrary<String> length = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 20).map(String::valueOf),
                Arbitraries.of("-", "-1", "00", "999999999", "9999999999"),
                text());
        Arbitrary<String> forgotten = mostly("", Arbitraries.oneOf(Arbitraries.of(" 1-1", " ", "  "), text()));
        Arbitrary<String> header = Combinators.combine(version, previous, id, length, forgotten)
                .as((first, before, own, bytes, last) -> first + ' ' + before + ' ' + own + ' ' + bytes + last);
        return Arbitraries.oneOf(
                Combinators.combine(header, mostly("\n", Arbitraries.of("", "\r\n")), text())
                        .as((start, end, rest) -> (start + end + rest).getBytes(UTF_8)),
                text().map(text -> text.getBytes(UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
    }

    private static Arbitrary<String> mostly(String right, Arbitrary<String> wrong) {
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(right)), Tuple.of(1, wrong));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anAnnouncementIsReadOrSkipped(@ForAll("payload") byte[] payload) {
        Frame.decode("news", payload).ifPresent(entry -> {
            assertTrue(StreamId.parse(entry.id()).isPresent());
            assertEquals("news", entry.stored().orElseThrow().message().channel());
            assertTrue(entry.message().data().length() <= payload.length);
        });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatWasAnnouncedIsReadAsItWas(@ForAll("text") String event, @ForAll("text") String data) {
        String type = NastyText.unicode(event);
        String text = NastyText.unicode(data);
        String payload = "S1 1-1 1-2 " + type.getBytes(UTF_8).length + "\n" + type + text;

        assertEquals(
                Optional.of(new Entry("1-1", "1-2", new Message("news", type, text), null)),
                Frame.decode("news", payload.getBytes(UTF_8)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aPairOfDjangoIsReadOrSkipped(@ForAll("text") String event, @ForAll("text") String data) {
        for (String payload : List.of(
                event, "[\"" + event + "\",\"" + data + "\"]", "[" + event + ",[\"" + data + "\"," + event + "]]")) {
            Optional<EventPair> pair = EventPair.decode(payload.getBytes(UTF_8));
            if (pair.isPresent()) {
                // then others take it for JSON, too
                try (jakarta.json.JsonReader reader = Json.createReader(new StringReader(NastyText.unicode(payload)))) {
                    assertEquals(2, reader.readArray().size());
                }
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aPairIsReadAsItWasWrittenByOurselvesAndByOthers(@ForAll("text") String event, @ForAll("text") String data) {
        var message = new Message("news", event.equals("message") ? null : event, data);
        String others = Json.createArrayBuilder()
                .add(NastyText.unicode(event))
                .add(NastyText.unicode(data))
                .build()
                .toString();

        assertEquals(
                message,
                EventPair.decode(EventPair.encode(message).getBytes(UTF_8))
                        .orElseThrow()
                        .of("news"));
        assertEquals(
                NastyText.unicode(data),
                EventPair.decode(others.getBytes(UTF_8)).orElseThrow().data());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anIdIsReadInOneFormOnly(@ForAll("id") String text) {
        StreamId.parse(text).ifPresent(id -> assertEquals(text, id.millis() + "-" + id.sequence()));
        StreamId.of(text);
    }

    /** A log as others have left it. */
    private record Log(List<Entry> entries) implements LogView {

        @Override
        public String tail() {
            return entries.isEmpty() ? "" : entries.get(entries.size() - 1).id();
        }

        @Override
        public List<Entry> range(String after, String through, int limit) {
            return entries.stream()
                    .filter(entry -> entry.place().compareTo(StreamId.of(after)) > 0)
                    .filter(entry -> through.isEmpty() || entry.place().compareTo(StreamId.of(through)) <= 0)
                    .limit(Math.min(limit, ChannelLog.PAGE))
                    .toList();
        }

        @Override
        public boolean contains(String id) {
            return entries.stream().anyMatch(entry -> entry.id().equals(id));
        }
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        return Arbitraries.maps(Arbitraries.of("p", "e", "d", "l", "s", "x"), Arbitraries.oneOf(id(), text()))
                .ofMaxSize(6);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aHistoryOfGarbageIsReadOnceAndInOrder(
            @ForAll("fields") Map<String, String> first,
            @ForAll("fields") Map<String, String> second,
            @ForAll("fields") Map<String, String> third,
            @ForAll("id") String after,
            @ForAll("id") String through) {
        List<Entry> entries = new ArrayList<>();
        for (Map<String, String> fields : List.of(first, second, third)) {
            entries.add(Entry.ofFields("news", "1-" + (2 * entries.size() + 1), fields));
        }

        History history = new HistoryReader(new Log(entries))
                .read(after, StreamId.parse(through).isPresent() ? through : "", 2);

        List<StreamId> places = history.messages().stream()
                .map(message -> StreamId.of(message.id()))
                .toList();
        assertEquals(places.stream().sorted(Comparator.naturalOrder()).toList(), places);
        Set<StreamId> distinct = new HashSet<>(places);
        assertEquals(places.size(), distinct.size());
        assertFalse(places.stream().anyMatch(place -> place.compareTo(StreamId.of(after)) <= 0));
    }
}
