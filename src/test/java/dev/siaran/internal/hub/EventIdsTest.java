package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.SiaranConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ids of streams of several channels. */
class EventIdsTest extends AbstractHubTest {

    private FakeOutlet followAll(List<String> channels, String lastEventId) {
        return FakeOutlet.open(hub().follow(channels, lastEventId, SlowPolicy.DISCONNECT));
    }

    @Test
    void channelsWhoseNamesHaveTheSameHashCodeHavePlacesOfTheirOwn() {
        // given
        List<String> channels = List.of("gate/AO", "gate/B0");
        assertEquals(channels.get(0).hashCode(), channels.get(1).hashCode());
        FakeOutlet client = followAll(channels, null);
        broker.publish("gate/AO", 1, 3);
        client.awaitEvents(3);
        broker.publish("gate/B0", 1, 1);
        client.awaitEvents(4);

        // when
        FakeOutlet back = followAll(channels, client.stream().lastEventId());
        back.await(outlet -> outlet.writes() == 1);
        broker.publish("gate/AO", 4, 4);
        broker.publish("gate/B0", 2, 2);

        // then
        assertEquals(
                List.of("gate/AO4", "gate/B02"),
                back.awaitEvents(2).stream().sorted().toList());
    }

    @Test
    void anIdOfOneChannelThatLooksLikeTheKeyOfAnotherIsNotTakenForIt() {
        String keyOfB = EventIds.marker("b").replace("~", "");
        String lastId = EventIds.marker("a") + keyOfB + EventIds.marker("c") + "-";

        FakeOutlet client = followAll(List.of("a", "b", "c"), lastId);

        // "a" is at a place that this node does not know, "b" is not named, "c" is before its first
        client.awaitEvents(1);
        awaitTasks();
        assertEquals(List.of("{\"channel\":\"a\",\"requested\":\"" + keyOfB + "\",\"oldest\":null}"), client.data());
    }

    @Test
    void anIdOfOtherChannelsIsAGapInEach() {
        String lastId = EventIds.marker("x") + "3" + EventIds.marker("y") + "4";

        FakeOutlet client = followAll(List.of("a", "b"), lastId);
        client.awaitEvents(2);
        broker.publish("a", 1, 1);

        assertEquals(
                List.of("gap", "gap", "e"),
                awaitStream(client, 3).stream().map(event -> event.type()).toList());
    }

    @Test
    void theLongestIdThatAStreamCanHaveIsReadAgain() {
        // given
        settings.put("siaran.max-channels-per-stream", "" + SiaranConfig.MOST_CHANNELS_PER_STREAM);
        List<String> channels = IntStream.range(0, SiaranConfig.MOST_CHANNELS_PER_STREAM)
                .mapToObj(i -> "channel" + i)
                .toList();
        broker.idLength = 64;
        FakeOutlet client = followAll(channels, null);
        channels.forEach(channel -> broker.publish(channel, 1, 1));
        client.awaitEvents(channels.size());
        String lastId = client.stream().lastEventId();
        assertEquals(EventIds.MAX_LENGTH, lastId.length());
        channels.forEach(channel -> broker.publish(channel, 2, 2));

        // when
        FakeOutlet back = followAll(channels, lastId);

        // then
        assertEquals(
                channels.stream().map(channel -> channel + 2).sorted().toList(),
                back.awaitEvents(channels.size()).stream().sorted().toList());
        assertTrue(lastId.length() < 8000, () -> lastId.length() + " characters do not fit into a header");
    }
}
