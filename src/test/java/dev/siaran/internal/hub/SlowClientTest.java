package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.EventStreamParser.Event;
import dev.siaran.spi.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a client that does not take what it is sent. */
class SlowClientTest extends AbstractHubTest {

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
    void aClientThatDoesNotTakeTheEndOfTheLastEventIsEndedInTime() {
        FakeOutlet client = follow("a", null);
        client.await(outlet -> outlet.text().startsWith("retry"));
        client.stallBeforeNextFlush();
        broker.publish("a", 1, 1);
        client.await(outlet -> outlet.writes() == 2);
        awaitTasks();

        advance(client, Duration.ofSeconds(32), FakeOutlet::isAbandoned);
    }

    @Test
    void aClientThatFallsBehindTheLogIsDisconnectedAndComesBackToAllThatIsKept() {
        keepNoMoreThan(10);
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
        keepNoMoreThan(10);
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
        awaitSeconds(slow, 2);
        slow.stall();
        broker.publish("a", 1, 1);
        other.awaitEvents(1);

        advance(slow, Duration.ofSeconds(3), FakeOutlet::isAbandoned);

        broker.publish("a", 2, 2);
        assertEquals(expected("a", 1, 2), other.awaitEvents(2));
    }

    @Test
    void aResponseThatFailsAndDoesNotEndByItselfIsEndedAtOnce() {
        FakeOutlet gone = follow("a", null);
        gone.await(outlet -> outlet.writes() == 1);
        gone.needsAnEnd();
        gone.breakConnection();

        broker.publish("a", 1, 1);

        // with the clock standing still
        gone.await(FakeOutlet::isAbandoned);
    }

    @Test
    void aResponseThatFailsWhileItsClientIsWaitedForIsEnded() {
        Connection connection = hub().follow(List.of("a"), null, SlowPolicy.DISCONNECT);
        FakeOutlet gone = FakeOutlet.open(connection);
        gone.await(outlet -> outlet.writes() == 1);
        gone.needsAnEnd();
        gone.stall();
        broker.publish("a", 1, 1);

        connection.failed(new IOException("Broken pipe"));

        gone.await(FakeOutlet::isAbandoned);
        assertEquals(0, hub().openConnections());
    }

    @Test
    void aClientThatHasBeenWaitedForGetsItsHeartbeatInTime() {
        FakeOutlet client = follow("a", null);
        client.await(outlet -> outlet.writes() == 1);
        awaitSeconds(client, 2);
        client.stall();
        broker.publish("a", 1, 1);
        awaitSeconds(client, 14);

        client.resume();
        client.awaitEvents(1);
        int writes = client.writes();

        advance(client, Duration.ofSeconds(15), outlet -> outlet.writes() > writes);
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
}
