package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.EventStreamParser.Event;
import dev.siaran.spi.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client gets that comes back with the id of the last event it has seen. */
class ReplayTest extends AbstractHubTest {

    @Test
    void whoLeavesWhileTheBrokerIsAwayIsForgotten() {
        broker.publish("a", 1, 3);
        broker.live = false;
        Connection leaving = hub().follow(List.of("a"), "1", SlowPolicy.DISCONNECT);
        FakeOutlet.open(leaving).await(outlet -> outlet.writes() == 1);
        FakeOutlet stays = follow("a", "2");
        stays.await(outlet -> outlet.writes() == 1);
        leaving.close();
        awaitTasks();

        broker.goLive("a");

        assertEquals(expected("a", 3, 3), stays.awaitEvents(1));
        awaitTasks();
        assertEquals(List.of("a 2..3"), broker.awaitReadings(1));
    }

    @Test
    void aClientThatComesBackGetsWhatItMissedFromTheLog() {
        follow("a", null);
        broker.publish("a", 1, 100);

        FakeOutlet back = follow("a", "40");

        assertEquals(expected("a", 41, 100), back.awaitEvents(60));
        assertEquals(List.of(), broker.awaitReadings(0));
    }

    @Test
    void aTurnThatTheContainerAsksForBeforeTheOpeningWritesNothing() {
        settings.put("siaran.shards", "1");
        FakeOutlet busy = follow("busy", null);
        follow("a", null);
        broker.publish("a", 1, 5);
        Connection back = hub().follow(List.of("a"), "2", SlowPolicy.DISCONNECT);
        var outlet = new FakeOutlet[1];
        busy.await(o -> o.writes() == 1);
        busy.block();
        broker.publish("busy", 1, 1);

        busy.whileBlocked(() -> {
            back.ready();
            outlet[0] = FakeOutlet.open(back);
            broker.publish("a", 6, 6);
        });

        assertEquals(expected("a", 3, 6), outlet[0].awaitEvents(4));
        broker.publish("a", 7, 7);
        assertEquals(expected("a", 3, 7), outlet[0].awaitEvents(5));
    }

    @Test
    void whatTheLogNoLongerHoldsComesFromTheHistoryPageByPage() {
        keepNoMoreThan(10);
        publishReadAlong("a", 1, 1000);

        FakeOutlet back = follow("a", "40");

        assertEquals(expected("a", 41, 1000), back.awaitEvents(960));
        assertTrue(back.writes() < 20, () -> back.writes() + " writes");
        broker.publish("a", 1001, 1010);
        assertEquals(expected("a", 41, 1010), back.awaitEvents(970));
    }

    @Test
    void aPageOfTheHistoryHasAsManyEventsAsMakeAbout64KiB() {
        // given: so that they are not in the log of the node
        String large = "x".repeat(16_000);
        for (int i = 1; i <= 30; i++) {
            broker.publish(new Message("a", "e", i + large));
        }

        // when
        FakeOutlet back = follow("a", "1");

        // then
        assertEquals(IntStream.rangeClosed(2, 30).mapToObj(i -> i + large).toList(), back.awaitEvents(29));
        assertEquals(List.of(8, 4, 4, 4, 4, 4, 4), List.copyOf(broker.limits));
    }

    @Test
    void aPageOfSmallEventsHas256() {
        broker.publish("a", 1, 600);

        FakeOutlet back = follow("a", "1");

        assertEquals(expected("a", 2, 600), back.awaitEvents(599));
        assertEquals(List.of(8, 256, 256, 256), List.copyOf(broker.limits));
    }

    @Test
    void aClientThatTakesNothingIsNotReadMoreThanOnePageFor() {
        broker.publish("a", 1, 600);

        Connection connection = hub().follow(List.of("a"), "1", SlowPolicy.DISCONNECT);
        FakeOutlet back = FakeOutlet.openStalled(connection);
        broker.awaitReadings(1);
        awaitTasks();

        assertEquals(List.of(8), List.copyOf(broker.limits));
        back.resume();
        assertEquals(expected("a", 2, 600), back.awaitEvents(599));
    }

    @Test
    void aReplayDoesNotHoldUpLiveDeliveryAndMissesNothing() {
        keepNoMoreThan(100);
        FakeOutlet live = follow("a", null);
        publishReadAlong("a", 1, 500);
        broker.historyGate = new CompletableFuture<>();
        FakeOutlet back = follow("a", "-");

        broker.publish("a", 501, 550);

        assertEquals(expected("a", 1, 550), live.awaitEvents(550));
        assertEquals(List.of(), back.data());
        broker.historyGate.complete(null);
        assertEquals(expected("a", 1, 550), back.awaitEvents(550));
    }

    @Test
    void aClientThatIsAheadOfThisNodeGetsNothingTwice() {
        FakeOutlet here = follow("a", null);
        broker.publish("a", 1, 3);
        here.awaitEvents(3);
        var held = broker.holdDeliveries();
        broker.publish("a", 4, 8);

        FakeOutlet ahead = follow("a", "6");
        ahead.await(outlet -> outlet.writes() == 1);
        assertEquals(List.of("a 6..3", "a 3..6"), broker.awaitReadings(2));
        held.run();

        assertEquals(expected("a", 7, 8), ahead.awaitEvents(2));
        broker.publish("a", 9, 9);
        assertEquals(expected("a", 7, 9), ahead.awaitEvents(3));
        assertEquals(expected("a", 1, 9), here.awaitEvents(9));
    }

    @Test
    void aClientOfAQuietChannelIsAtItsPlaceThoughTheNodeBeganAtALaterOne() {
        broker.publish("a", 1, 3);
        broker.place = 5;

        FakeOutlet back = follow("a", "3");
        back.await(outlet -> outlet.writes() == 1);
        assertEquals(List.of("a 3..5", "a 5..3"), broker.awaitReadings(2));
        awaitTasks();
        broker.publish("a", 4, 6);

        assertEquals(expected("a", 4, 6), back.awaitEvents(3));
        assertEquals(List.of("a 3..5", "a 5..3"), broker.awaitReadings(2));
    }

    @Test
    void whatIsTrimmedIsAnnouncedAsOneGap() {
        keepNoMoreThan(10);
        publishReadAlong("a", 1, 100);
        broker.oldestKept = 51;

        FakeOutlet back = follow("a", "20");

        List<Event> events = awaitStream(back, 51);
        assertEquals(new Event("gap", "{\"channel\":\"a\",\"requested\":\"20\",\"oldest\":\"51\"}", ""), events.get(0));
        assertEquals(
                expected("a", 51, 100),
                events.subList(1, 51).stream().map(Event::data).toList());
    }

    @Test
    void whoIsOvertakenByTheEndOfTheHistoryGoesOnWithTheLog() {
        // given a client that is behind the history, and takes nothing after the first page
        keepNoMoreThan(10);
        publishReadAlong("a", 1, 1000);
        broker.oldestKept = 501;
        FakeOutlet back = FakeOutlet.openStalled(hub().follow(List.of("a"), "20", SlowPolicy.DISCONNECT));
        broker.awaitReadings(1);
        awaitTasks();

        // when the history ends behind that page, too
        broker.oldestKept = 601;
        back.resume();

        // then it is not led from gap to gap
        List<Event> events = awaitStream(back, 20);
        assertEquals(
                new Event("gap", "{\"channel\":\"a\",\"requested\":\"20\",\"oldest\":\"501\"}", ""), events.get(0));
        assertEquals(
                expected("a", 501, 508),
                events.subList(1, 9).stream().map(Event::data).toList());
        assertEquals(
                "{\"channel\":\"a\",\"requested\":\"508\",\"oldest\":\"991\"}",
                events.get(9).data());
        assertEquals(
                expected("a", 991, 1000),
                events.subList(10, 20).stream().map(Event::data).toList());
        broker.publish("a", 1001, 1002);
        assertEquals(
                expected("a", 1001, 1002),
                awaitStream(back, 22).subList(20, 22).stream().map(Event::data).toList());
    }

    @Test
    void anUnknownIdIsOneGapThenWhatIsNew() {
        follow("a", null);
        broker.publish("a", 1, 5);
        for (String id : List.of("nonsense", "99", "~x~", "x".repeat(10_000))) {
            FakeOutlet client = follow("a", id);
            List<Event> events = awaitStream(client, 1);
            String shown = id.length() > 128 ? id.substring(0, 128) : id;

            assertEquals(
                    List.of(new Event(
                            "gap", "{\"channel\":\"a\",\"requested\":\"" + shown + "\",\"oldest\":null}", "5")),
                    events);
        }
    }

    @Test
    void aStreamOfSeveralChannelsResumesInAllOfThem() {
        FakeOutlet client = FakeOutlet.open(hub().follow(List.of("a", "b"), null, SlowPolicy.DISCONNECT));
        broker.publish("a", 1, 3);
        broker.publish("b", 1, 2);
        client.awaitEvents(5);
        String lastId = client.stream().lastEventId();
        broker.publish("a", 4, 6);
        broker.publish("b", 3, 3);

        FakeOutlet back = FakeOutlet.open(hub().follow(List.of("b", "a"), lastId, SlowPolicy.DISCONNECT));

        List<String> data = back.awaitEvents(4);
        assertEquals(
                List.of("a4", "a5", "a6"),
                data.stream().filter(d -> d.startsWith("a")).toList());
        assertEquals(List.of("b3"), data.stream().filter(d -> d.startsWith("b")).toList());
    }

    @Test
    void aClientCutOffBeforeItsFirstEventMissesNothing() {
        FakeOutlet client = FakeOutlet.open(hub().follow(List.of("a"), null, SlowPolicy.DISCONNECT));
        broker.publish("b", 1, 1);
        client.await(outlet -> outlet.writes() == 1);
        String lastId = client.stream().lastEventId();
        broker.publish("a", 1, 2);

        assertEquals(List.of("a1", "a2"), follow("a", lastId).awaitEvents(2));
    }
}
