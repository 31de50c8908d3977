package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.EventStreamParser.Event;
import dev.siaran.spi.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a client gets that follows several channels in one stream. */
class SeveralChannelsTest extends AbstractHubTest {

    private static final int EVENTS = 60;
    private static final String LARGE = "x".repeat(20_000);

    private FakeOutlet followAll(List<String> channels, String lastEventId, SlowPolicy slow) {
        return FakeOutlet.open(hub().follow(channels, lastEventId, slow));
    }

    private static List<String> of(String channel, List<String> data) {
        return data.stream().filter(text -> text.startsWith(channel)).toList();
    }

    @Test
    void aChannelThatAlwaysHasMoreDoesNotHoldUpAnother() {
        // given: for each write there is another event to be written
        FakeOutlet client = followAll(List.of("firehose", "alerts"), null, SlowPolicy.DISCONNECT);
        client.await(outlet -> outlet.writes() == 1);
        client.stall();
        var published = new AtomicInteger();
        client.onWrite(() -> publishLarge(published));
        publishLarge(published);
        broker.publish("alerts", 1, 2);

        // when
        client.resume();

        // then
        List<String> data = client.awaitEvents(EVENTS + 2);
        assertTrue(data.indexOf("alerts1") < 5, () -> "alerts1 is number " + data.indexOf("alerts1"));
        assertTrue(data.indexOf("alerts2") < 5, () -> "alerts2 is number " + data.indexOf("alerts2"));
        assertEquals(List.of("alerts1", "alerts2"), of("alerts", data));
        assertEquals(
                expected("firehose", 1, EVENTS),
                of("firehose", data).stream()
                        .map(text -> text.replace(LARGE, ""))
                        .toList());
    }

    private void publishLarge(AtomicInteger published) {
        int number = published.incrementAndGet();
        if (number <= EVENTS) {
            broker.publish(new Message("firehose", "e", "firehose" + number + LARGE));
        }
    }

    @Test
    void aBacklogGoesOutInFewWritesAndEachOfItsIdsIsWhereItsEventIs() {
        // given
        List<String> channels = List.of("a", "b", "c");
        FakeOutlet client = followAll(channels, null, SlowPolicy.DISCONNECT);
        client.await(outlet -> outlet.writes() == 1);
        client.stall();
        for (int i = 1; i <= 1000; i++) {
            broker.publish(channels.get(i % 3), (i + 2) / 3, (i + 2) / 3);
        }

        // when
        client.resume();

        // then
        client.awaitEvents(1000);
        List<Event> events = client.stream().events();
        assertTrue(client.writes() < 10, () -> client.writes() + " writes");
        var seen = new HashMap<>(Map.of("a", 0, "b", 0, "c", 0));
        for (Event event : events) {
            String channel = event.data().substring(0, 1);
            seen.merge(channel, 1, Integer::sum);
            assertEquals(channel + seen.get(channel), event.data());
            assertEquals(id(channels, seen), event.lastEventId());
        }
        assertEquals(Map.of("a", 333, "b", 334, "c", 333), seen);
        for (int i = 0; i < 1000; i += 37) {
            Connection connection = hub().follow(channels, events.get(i).lastEventId(), SlowPolicy.DISCONNECT);
            FakeOutlet back = FakeOutlet.open(connection);
            List<String> rest =
                    events.subList(i + 1, 1000).stream().map(Event::data).toList();
            List<String> resumed = back.awaitEvents(rest.size());
            channels.forEach(channel -> assertEquals(of(channel, rest), of(channel, resumed)));
            connection.close();
        }
    }

    private static String id(List<String> channels, Map<String, Integer> places) {
        return channels.stream()
                .map(channel -> EventIds.marker(channel) + places.get(channel))
                .collect(Collectors.joining());
    }

    @Test
    void whatWasWrittenDoesNotChangeWhenMoreIsWritten() {
        FakeOutlet client = followAll(List.of("a", "b"), null, SlowPolicy.DISCONNECT);
        client.await(outlet -> outlet.writes() == 1);

        broker.publish("a", 1, 1);
        client.awaitEvents(1);
        broker.publish("b", 1, 1);

        client.awaitEvents(2);
        assertEquals(client.text(), client.textOfArrays());
    }

    @Test
    void theLatestOfManyTypesGoesOutInFewWrites() {
        FakeOutlet client = followAll(List.of("a"), null, SlowPolicy.LATEST);
        client.await(outlet -> outlet.writes() == 1);
        client.stall();
        for (int i = 1; i <= 900; i++) {
            broker.publish(new Message("a", "type" + i % 300, "a" + i));
        }

        client.resume();

        assertEquals(expected("a", 601, 900), client.awaitEvents(300));
        assertTrue(client.writes() < 5, () -> client.writes() + " writes");
    }

    @Test
    void aSlowClientGoesOnAfterAGapInTheChannelThatNoLongerHoldsWhatFollows() {
        keepNoMoreThan(10);
        FakeOutlet slow = followAll(List.of("a", "b"), null, SlowPolicy.DROP_OLDEST);
        slow.await(outlet -> outlet.writes() == 1);
        slow.stall();
        broker.publish("b", 1, 5);
        publishReadAlong("a", 1, 100);

        slow.resume();

        List<String> data = slow.awaitEvents(16);
        assertEquals(expected("a", 91, 100), of("a", data));
        assertEquals(expected("b", 1, 5), of("b", data));
        assertTrue(data.contains("{\"channel\":\"a\",\"requested\":null,\"oldest\":\"91\"}"), data::toString);
    }

    @Test
    void aSlowClientThatIsDisconnectedComesBackToAllThatIsKept() {
        keepNoMoreThan(10);
        FakeOutlet slow = followAll(List.of("b", "a"), null, SlowPolicy.DISCONNECT);
        broker.publish("a", 1, 1);
        slow.awaitEvents(1);
        slow.stall();
        broker.publish("b", 1, 5);
        publishReadAlong("a", 2, 100);

        slow.resume();
        slow.awaitClosed();

        FakeOutlet back = followAll(List.of("b", "a"), slow.stream().lastEventId(), SlowPolicy.DISCONNECT);
        List<String> data = new ArrayList<>(slow.data());
        data.addAll(back.awaitEvents(105 - data.size()));
        assertEquals(expected("a", 1, 100), of("a", data));
        assertEquals(expected("b", 1, 5), of("b", data));
    }
}
