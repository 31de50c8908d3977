package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.EventStreamParser.Event;
import dev.siaran.internal.wire.NastyText;
import dev.siaran.internal.wire.OtherParser;
import dev.siaran.spi.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a client says that it has seen last, and whatever a broker delivers. */
class FollowFuzzTest extends AbstractHubTest {

    private static final int TEXTS = 400;
    private static final String MARKER = EventIds.marker("a");
    private static final String ID = "(~[0-9A-Za-z_-]{8}~([A-Za-z0-9._-]+))*";

    private Connection follow(String lastEventId) {
        return hub().follow(List.of("a", "b"), lastEventId, SlowPolicy.DISCONNECT);
    }

    /** The last ids that a client may send: as they are, and as what stands for one of two channels. */
    private static Stream<String> lastIds() {
        return NastyText.corpus(TEXTS).stream().flatMap(text -> Stream.of(text, MARKER + text, MARKER + "1~" + text));
    }

    @Test
    void noLastIdMakesASecondEventOrAnotherField() {
        FakeOutlet other = FakeOutlet.open(follow(null));
        int[] published = {0};
        lastIds().filter(id -> !id.isEmpty()).forEach(lastId -> {
            // given
            Connection connection = follow(lastId);
            FakeOutlet client = FakeOutlet.open(connection);
            int number = ++published[0];

            // when
            broker.publish(new Message("a", "e", "a" + number));
            broker.publish(new Message("b", "e", "b" + number));

            // then
            client.await(outlet ->
                    outlet.data().contains("b" + number) && outlet.data().contains("a" + number));
            OtherParser stream = OtherParser.parse(client.bytes(), 1_000);
            assertEquals(List.of(), stream.comments(), lastId);
            assertEquals(2_000, stream.retry(), lastId);
            for (Event event : stream.events()) {
                assertTrue(event.lastEventId().matches(ID), () -> lastId + ": " + event);
                assertTrue(
                        event.type().equals("gap")
                                || (event.type().equals("e") && event.data().matches("[ab][0-9]+")),
                        () -> lastId + ": " + event);
            }
            connection.close();
        });

        // and another client is not disturbed
        List<String> all = other.awaitEvents(2 * published[0]);
        assertEquals(
                expected("a", 1, published[0]),
                all.stream().filter(data -> data.startsWith("a")).toList());
        assertEquals(
                expected("b", 1, published[0]),
                all.stream().filter(data -> data.startsWith("b")).toList());
    }

    @Test
    void whatABrokerDeliversComesOutWholeOrNotAtAll() {
        FakeOutlet client = FakeOutlet.open(follow(null));

        List<Event> expected = publishCorpus();

        assertWhole(expected, client);
    }

    @Test
    void whatABrokerHasKeptComesOutWholeOrNotAtAll() {
        // given: so that it is not in the log of the node
        List<Event> expected = publishCorpus();

        // when
        FakeOutlet client = FakeOutlet.open(follow(MARKER + '-' + EventIds.marker("b") + '-'));

        // then
        assertWhole(expected, client);
    }

    /** Publishes as another program could; returns what a client is to get. */
    private List<Event> publishCorpus() {
        List<String> texts = NastyText.corpus(TEXTS);
        List<Event> expected = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String name = texts.get(texts.size() - 1 - i);
            String data = texts.get(i);
            broker.publish(new Message(i % 2 == 0 ? "a" : "b", name, data));
            if (name.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0)) {
                expected.add(
                        new Event(name.isEmpty() ? "message" : NastyText.unicode(name), NastyText.received(data), ""));
            }
        }
        return expected;
    }

    /** The two channels share no order. */
    private static void assertWhole(List<Event> expected, FakeOutlet client) {
        client.awaitEvents(expected.size());
        OtherParser stream = OtherParser.parse(client.bytes(), 777);
        assertEquals(
                sorted(expected),
                sorted(stream.events().stream()
                        .map(event -> new Event(event.type(), event.data(), ""))
                        .toList()));
        assertEquals(List.of(), stream.comments());
        stream.events().forEach(event -> assertTrue(event.lastEventId().matches(ID), event::toString));
    }

    private static List<String> sorted(List<Event> events) {
        return events.stream().map(Event::toString).sorted().toList();
    }
}
