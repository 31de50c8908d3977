package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.wire.EventStreamParser.Event;
import dev.siaran.spi.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HubTest {

    private final FakeBroker broker = new FakeBroker();
    private final AtomicLong clock = new AtomicLong(1);
    private final Map<String, String> settings = new HashMap<>(Map.of("siaran.shards", "2"));
    private Hub hub;

    @AfterEach
    void close() {
        if (hub != null) {
            hub.close();
        }
    }

    private Hub hub() {
        if (hub == null) {
            hub = new Hub(SiaranConfig.read(Settings.of(settings)), broker, clock::get);
        }
        return hub;
    }

    private FakeOutlet follow(String channel, String lastEventId) {
        return FakeOutlet.open(hub().follow(List.of(channel), lastEventId, SlowPolicy.DISCONNECT));
    }

    private static List<String> expected(String channel, int from, int through) {
        return IntStream.rangeClosed(from, through).mapToObj(i -> channel + i).toList();
    }

    /** Publishes while a client reads along, so that the log holds no more than it must. */
    private void publishReadAlong(String channel, int from, int through) {
        FakeOutlet reader = follow(channel, null);
        broker.publish(channel, from, through - 1);
        reader.awaitEvents(through - from);
        awaitTasks();
        broker.publish(channel, through, through);
    }

    @Test
    void everyClientGetsEachEventOnceInOrder() {
        var clients = new ArrayList<FakeOutlet>();
        for (int i = 0; i < 50; i++) {
            clients.add(follow("a", null));
        }

        broker.publish("a", 1, 500);

        for (FakeOutlet client : clients) {
            assertEquals(expected("a", 1, 500), client.awaitEvents(500));
        }
    }

    @Test
    void theStreamBeginsWithRetryAndTheIdOfWhereItIs() {
        broker.publish("a", 1, 3);

        FakeOutlet client = follow("a", null);

        client.await(outlet -> outlet.stream().retry() != null);
        assertEquals("retry: 2000\n\nid: 3\n\n", client.text());
    }

    @Test
    void aClientGetsOnlyItsChannel() {
        FakeOutlet client = follow("a", null);

        broker.publish("b", 1, 10);
        broker.publish("a", 1, 1);

        assertEquals(List.of("a1"), client.awaitEvents(1));
    }

    @Test
    void whatAStalledClientIsStillToBeSentGoesOutWhenItTakesBytesAgain() {
        FakeOutlet client = follow("a", null);
        client.await(outlet -> outlet.text().startsWith("retry"));
        client.stallBeforeNextFlush();
        broker.publish("a", 1, 1);
        client.await(outlet -> outlet.writes() == 2);

        client.resume();

        assertEquals(List.of("a1"), client.awaitEvents(1));
    }

    @Test
    void aBacklogGoesOutInFewWrites() {
        FakeOutlet client = follow("a", null);
        client.await(outlet -> outlet.writes() == 1);
        client.stall();
        broker.publish("a", 1, 1);

        broker.publish("a", 2, 900);
        client.resume();

        assertEquals(expected("a", 1, 900), client.awaitEvents(900));
        assertTrue(client.writes() < 20, () -> client.writes() + " writes");
    }

    @Test
    void aBurstThatOutrunsTheWritersIsKeptForThem() {
        settings.put("siaran.log.max-events", "10");
        FakeOutlet client = follow("a", null);
        client.await(outlet -> outlet.writes() == 1);

        broker.publish("a", 1, 5000);

        assertEquals(expected("a", 1, 5000), client.awaitEvents(5000));
    }

    @Test
    void aSlowClientDoesNotDelayOthers() {
        FakeOutlet slow = follow("a", null);
        FakeOutlet other = follow("a", null);
        slow.stall();

        broker.publish("a", 1, 100);

        assertEquals(expected("a", 1, 100), other.awaitEvents(100));
        assertEquals(List.of(), slow.data());
        slow.resume();
        assertEquals(expected("a", 1, 100), slow.awaitEvents(100));
    }

    @Test
    void aClientThatFallsBehindTheLogIsDisconnectedAndComesBackToAllThatIsKept() {
        settings.put("siaran.log.max-events", "10");
        FakeOutlet slow = follow("a", null);
        broker.publish("a", 1, 1);
        slow.awaitEvents(1);
        slow.stall();
        publishReadAlong("a", 2, 100);

        slow.resume();
        slow.awaitClosed();

        assertEquals(List.of("a1"), slow.data());
        assertEquals(expected("a", 2, 100), follow("a", "1").awaitEvents(99));
    }

    @Test
    void aSlowClientMayGoOnAfterAGap() {
        settings.put("siaran.log.max-events", "10");
        FakeOutlet slow = FakeOutlet.open(hub().follow(List.of("a"), null, SlowPolicy.DROP_OLDEST));
        broker.publish("a", 1, 1);
        slow.awaitEvents(1);
        slow.stall();
        publishReadAlong("a", 2, 100);

        slow.resume();

        List<Event> events = awaitStream(slow, 12);
        assertEquals(new Event("gap", "{\"channel\":\"a\",\"requested\":null,\"oldest\":\"91\"}", "1"), events.get(1));
        assertEquals(
                expected("a", 91, 100),
                events.subList(2, 12).stream().map(Event::data).toList());
    }

    @Test
    void aSlowClientMayGetOnlyTheLatestOfEachType() {
        FakeOutlet slow = FakeOutlet.open(hub().follow(List.of("a"), null, SlowPolicy.LATEST));
        slow.await(outlet -> outlet.writes() == 1);
        slow.stall();
        broker.publish(new Message("a", "price", "1"));
        broker.publish(new Message("a", "volume", "7"));
        broker.publish(new Message("a", "price", "2"));
        broker.publish(new Message("a", null, "m"));
        broker.publish(new Message("a", "price", "3"));

        slow.resume();

        assertEquals(List.of("7", "m", "3"), slow.awaitEvents(3));
        broker.publish(new Message("a", "price", "4"));
        assertEquals(List.of("7", "m", "3", "4"), slow.awaitEvents(4));
    }

    @Test
    void aClientThatTakesNothingForTooLongIsDropped() {
        settings.put("siaran.max-lag", "1s");
        FakeOutlet slow = follow("a", null);
        FakeOutlet other = follow("a", null);
        other.await(outlet -> outlet.writes() == 1);
        slow.await(outlet -> outlet.writes() == 1);
        slow.stall();
        broker.publish("a", 1, 1);
        other.awaitEvents(1);

        advance(slow, Duration.ofSeconds(10), FakeOutlet::isAbandoned);

        broker.publish("a", 2, 2);
        assertEquals(expected("a", 1, 2), other.awaitEvents(2));
    }

    @Test
    void aWriteThatDoesNotReturnIsGivenUpForTheSakeOfTheOthers() {
        settings.put("siaran.shards", "1");
        var stuck = new CompletableFuture<Connection>();
        hub().onStuck(stuck::complete);
        FakeOutlet blocked = follow("a", null);
        FakeOutlet other = follow("a", null);
        blocked.await(outlet -> outlet.writes() == 1);
        blocked.block();

        broker.publish("a", 1, 1);
        blocked.await(FakeOutlet::isAbandoned);
        broker.publish("a", 2, 10);

        assertEquals(expected("a", 1, 10), other.awaitEvents(10));
        assertEquals("a", stuck.join().toString());
    }

    @Test
    void anIdleClientGetsAHeartbeatWithinTheTimeAllowed() {
        settings.put("siaran.heartbeat", "15s");
        FakeOutlet client = follow("a", null);
        client.await(outlet -> outlet.writes() == 1);
        clock.addAndGet(Duration.ofSeconds(7).toNanos());
        broker.publish("a", 1, 1);
        client.awaitEvents(1);

        advance(client, Duration.ofSeconds(15), outlet -> outlet.text().endsWith("\n\n:\n\n"));
    }

    /** Lets time pass in steps, until the condition holds or the time is over. */
    private void advance(FakeOutlet client, Duration most, Predicate<FakeOutlet> until) {
        long end = clock.get() + most.toNanos();
        while (!until.test(client)) {
            assertTrue(clock.get() < end, () -> "not within " + most + " of the fake clock: " + client.text());
            clock.addAndGet(Duration.ofMillis(100).toNanos());
            awaitTasks();
        }
    }

    /** Returns when every shard has looked at its connections at the present time. */
    private void awaitTasks() {
        // New connections go to the shards in turn
        for (int shard = 0; shard < 2; shard++) {
            Connection probe = hub().follow(List.of("probe"), null, SlowPolicy.DISCONNECT);
            FakeOutlet outlet = FakeOutlet.open(probe);
            outlet.await(o -> o.writes() == 1);
            probe.close();
            outlet.awaitClosed();
        }
    }

    @Test
    void aClientThatLeavesIsForgotten() {
        FakeOutlet leaves = follow("a", null);
        FakeOutlet stays = follow("a", null);
        leaves.await(outlet -> outlet.writes() == 1);
        stays.await(outlet -> outlet.writes() == 1);
        leaves.breakConnection();

        broker.publish("a", 1, 1);
        stays.awaitEvents(1);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (hub().openConnections() > 1) {
                Thread.onSpinWait();
            }
        });
        advance(leaves, Duration.ofMinutes(1), FakeOutlet::isAbandoned);
    }

    @Test
    void aClientThatComesBackGetsWhatItMissedFromTheLog() {
        follow("a", null);
        broker.publish("a", 1, 100);

        FakeOutlet back = follow("a", "40");

        assertEquals(expected("a", 41, 100), back.awaitEvents(60));
        assertEquals(List.of(), broker.readings);
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
        settings.put("siaran.log.max-events", "10");
        publishReadAlong("a", 1, 1000);

        FakeOutlet back = follow("a", "40");

        assertEquals(expected("a", 41, 1000), back.awaitEvents(960));
        broker.publish("a", 1001, 1010);
        assertEquals(expected("a", 41, 1010), back.awaitEvents(970));
    }

    @Test
    void aReplayDoesNotHoldUpLiveDeliveryAndMissesNothing() {
        settings.put("siaran.log.max-events", "100");
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
        awaitTasks();
        assertEquals(List.of("a 6..3"), broker.readings);
        held.run();

        assertEquals(expected("a", 7, 8), ahead.awaitEvents(2));
        broker.publish("a", 9, 9);
        assertEquals(expected("a", 7, 9), ahead.awaitEvents(3));
        assertEquals(expected("a", 1, 9), here.awaitEvents(9));
    }

    @Test
    void whatIsTrimmedIsAnnouncedAsOneGap() {
        settings.put("siaran.log.max-events", "10");
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
    void eventsThatTheBrokerLostAreOneGapForEveryClient() {
        FakeOutlet client = follow("a", null);
        broker.publish("a", 1, 1);

        broker.deliveries.get("a").lost();
        broker.publish("a", 2, 2);

        List<Event> events = awaitStream(client, 3);
        assertEquals(List.of("e", "gap", "e"), events.stream().map(Event::type).toList());
        assertEquals(
                List.of("1", "1", "2"), events.stream().map(Event::lastEventId).toList());
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

    @Test
    void aChannelIsKeptForAWhileAfterItsLastClientAndThenReleased() {
        settings.put("siaran.log.linger", "10s");
        Connection only = hub().follow(List.of("a"), null, SlowPolicy.DISCONNECT);
        FakeOutlet outlet = FakeOutlet.open(only);
        only.close();
        outlet.awaitClosed();
        awaitTasks();

        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        awaitTasks();
        assertTrue(broker.deliveries.containsKey("a"));

        advance(outlet, Duration.ofSeconds(20), o -> !broker.deliveries.containsKey("a"));
    }

    @Test
    void closingEndsEveryStreamAndItsThreads() {
        var clients = new ArrayList<FakeOutlet>();
        for (int i = 0; i < 20; i++) {
            clients.add(follow("a", null));
        }

        hub().close();

        clients.forEach(FakeOutlet::awaitClosed);
        assertEquals(0, hub().openConnections());
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("siaran-shard") && thread.isAlive()));
        assertEquals(Map.of(), broker.deliveries);
    }

    @Test
    void theClientsOfANodeThatStopsDoNotComeBackAllAtOnce() {
        settings.put("siaran.reconnect-spread", "10s");
        var clients = new ArrayList<FakeOutlet>();
        for (int i = 0; i < 200; i++) {
            clients.add(follow("a", null));
        }

        hub().close();

        clients.forEach(FakeOutlet::awaitClosed);
        var retries =
                clients.stream().mapToLong(client -> client.stream().retry()).summaryStatistics();
        assertTrue(retries.getMin() >= 2000 && retries.getMax() <= 12_000, retries::toString);
        assertTrue(retries.getMin() < 4000 && retries.getMax() > 10_000, retries::toString);
    }

    @Test
    void aConnectionOpenedTooLateIsClosedAtOnce() {
        Connection late = hub().follow(List.of("a"), null, SlowPolicy.DISCONNECT);

        hub().close();

        FakeOutlet.open(late).awaitClosed();
    }

    private static List<Event> awaitStream(FakeOutlet client, int count) {
        client.awaitEvents(count);
        return client.stream().events();
    }
}
