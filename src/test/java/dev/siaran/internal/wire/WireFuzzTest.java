package dev.siaran.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.internal.wire.EventStreamParser.Event;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The encoder against a parser by others, with whatever text there is. */
class WireFuzzTest {

    /** Something that is sent; how it is encoded, and what the client is to get of it. */
    sealed interface Sent {
        byte[] bytes();
    }

    /** An event as an application sends it. What may be no name or id is refused, and sent without. */
    record Whole(String name, String data, String id) implements Sent {

        @Override
        public byte[] bytes() {
            return FrameEncoder.event(name(), data, id()).bytes();
        }

        @Override
        public String name() {
            return allowed("name", name);
        }

        @Override
        public String id() {
            return allowed("id", id);
        }

        private static String allowed(String field, String text) {
            try {
                EventText.requireSingleLine(field, text);
                return text;
            } catch (IllegalArgumentException refused) {
                return null;
            }
        }
    }

    /** An event of a stream of several channels: without its own id, and with another after it. */
    record Renumbered(String data, String own, String id) implements Sent {

        @Override
        public byte[] bytes() {
            Frame frame = FrameEncoder.event(null, data, own);
            return join(Arrays.copyOf(frame.bytes(), frame.bodyLength()), FrameEncoder.id(id));
        }
    }

    /** An id without an event. */
    record Place(String id) implements Sent {

        @Override
        public byte[] bytes() {
            return id.isEmpty() ? FrameEncoder.RESET_ID : FrameEncoder.id(id);
        }
    }

    record Comment(String text) implements Sent {

        @Override
        public byte[] bytes() {
            return text.isEmpty() ? FrameEncoder.HEARTBEAT : FrameEncoder.comment(text);
        }
    }

    record Retry(long millis) implements Sent {

        @Override
        public byte[] bytes() {
            return FrameEncoder.retry(Duration.ofMillis(millis));
        }
    }

    @Provide
    Arbitrary<Sent> sent() {
        Arbitrary<String> text = NastyText.any();
        Arbitrary<String> line = NastyText.singleLine();
        Arbitrary<String> lineOrNot = Arbitraries.oneOf(line, text);
        return Arbitraries.oneOf(
                Combinators.combine(lineOrNot, text, lineOrNot).as(Whole::new),
                Combinators.combine(text, line, line).as(Renumbered::new),
                line.map(Place::new),
                text.map(Comment::new),
                Arbitraries.longs().between(0, Long.MAX_VALUE).map(Retry::new));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whateverIsSentTheClientGetsThatAndNothingElse(
            @ForAll("sent") Sent first,
            @ForAll("sent") Sent second,
            @ForAll("sent") Sent third,
            @ForAll @IntRange(min = 1, max = 1_000) int chunk) {
        List<Event> events = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        long retry = OtherParser.NO_RETRY;
        String lastId = "";
        var stream = new ByteArrayOutputStream();
        for (Sent each : List.of(first, second, third)) {
            stream.writeBytes(each.bytes());
            if (each instanceof Whole event) {
                lastId = event.id() == null || event.id().isEmpty() ? lastId : NastyText.unicode(event.id());
                events.add(new Event(type(event.name()), NastyText.received(event.data()), lastId));
            } else if (each instanceof Renumbered event) {
                // The id follows the data, before the blank line
                lastId = NastyText.unicode(event.id());
                events.add(new Event("message", NastyText.received(event.data()), lastId));
            } else if (each instanceof Place place) {
                lastId = NastyText.unicode(place.id());
            } else if (each instanceof Comment comment) {
                comments.addAll(List.of(NastyText.received(comment.text()).split("\n", -1)));
            } else if (each instanceof Retry delay) {
                retry = delay.millis();
            }
        }

        assertEquals(new OtherParser(events, comments, retry), OtherParser.parse(stream.toByteArray(), chunk));
    }

    private static String type(String name) {
        return name == null || name.isEmpty() ? "message" : NastyText.unicode(name);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatTheEncoderWroteTheReaderOfTheSinkTransportTakesApart(
            @ForAll("events") Whole first, @ForAll("events") Whole second) {
        byte[] stream = join(first.bytes(), second.bytes());

        assertEquals(List.of(fields(first), fields(second)), FrameReader.read(stream, 0, stream.length));
    }

    private static FrameReader.Fields fields(Whole event) {
        return new FrameReader.Fields(
                field(event.name()), NastyText.received(event.data()), field(event.id()), null, null);
    }

    @Provide
    Arbitrary<Whole> events() {
        return Combinators.combine(NastyText.singleLine(), NastyText.any(), NastyText.singleLine())
                .as(Whole::new);
    }

    private static String field(String value) {
        return value == null || value.isEmpty() ? null : NastyText.unicode(value);
    }

    private static byte[] join(byte[] first, byte[] second) {
        var joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
