package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.EventStreamParser.Event;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every client of a channel can rely on. */
class HubTest extends AbstractHubTest {

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
    void aBurstThatOutrunsTheWritersIsKeptForThem() {
        keepNoMoreThan(10);
        FakeOutlet client = follow("a", null);
        client.await(outlet -> outlet.writes() == 1);

        broker.publish("a", 1, 5000);

        assertEquals(expected("a", 1, 5000), client.awaitEvents(5000));
    }

    @Test
    void aChannelThatHasBecomeQuietLetsGoOfWhatIsOld() {
        settings.put("siaran.log.max-events", "10");
        FakeOutlet reader = follow("a", null);
        broker.publish("a", 1, 500);
        reader.awaitEvents(500);
        assertEquals(expected("a", 2, 500), follow("a", "1").awaitEvents(499));
        assertEquals(List.of(), broker.awaitReadings(0));

        clock.addAndGet(Duration.ofSeconds(31).toNanos());
        awaitSeconds(reader, 33);

        assertEquals(expected("a", 2, 500), follow("a", "1").awaitEvents(499));
        assertFalse(broker.awaitReadings(1).isEmpty());
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
    void channelsThatNeverHadAnEventTakeNothingFromTheLogsOfOthers() {
        settings.put("siaran.log.node-bytes", "1MiB");
        FakeOutlet reader = follow("a", null);
        for (int i = 0; i < 500; i++) {
            hub().follow(List.of("made-up-" + i), null, SlowPolicy.DISCONNECT).close();
        }

        assertKeepsManyEvents(reader);
    }

    @Test
    void channelsThatAreGoneTakeNothingFromTheLogsOfOthers() {
        settings.put("siaran.log.node-bytes", "1MiB");
        settings.put("siaran.log.linger", "1s");
        for (int i = 0; i < 500; i++) {
            Connection connection = hub().follow(List.of("short-" + i), null, SlowPolicy.DISCONNECT);
            broker.publish("short-" + i, 1, 1);
            connection.close();
        }
        FakeOutlet reader = follow("a", null);
        advance(reader, Duration.ofMinutes(1), client -> !broker.deliveries.containsKey("short-499"));
        awaitTasks();

        assertKeepsManyEvents(reader);
    }

    /** More than the share that a channel has of a node's bytes if it is one of 500. */
    private void assertKeepsManyEvents(FakeOutlet reader) {
        broker.publish("a", 1, 500);

        reader.awaitEvents(500);
        assertEquals(expected("a", 2, 500), follow("a", "1").awaitEvents(499));
        assertEquals(List.of(), broker.awaitReadings(0));
    }

    @Test
    void onceTheBrokerIsBackNewChannelsAreWaitedForAgain() {
        // given: a broker that is away, for which the first waits in vain, and nobody else
        broker.live = false;
        assertTrue(isWaitedFor("a"));
        assertFalse(isWaitedFor("b"));

        // when
        broker.goLive("a");

        // then
        assertTrue(isWaitedFor("c"));
        assertFalse(isWaitedFor("d"));

        // and when one goes live that nobody has waited for
        broker.goLive("d");

        assertTrue(isWaitedFor("e"));
    }

    /** Follows a channel that does not go live. A machine that stands still takes time, too, but its threads do not wait. */
    private boolean isWaitedFor(String channel) {
        long start = System.nanoTime();
        long before = waits();
        follow(channel, null);
        return waits() > before
                && System.nanoTime() - start >= Duration.ofMillis(500).toNanos();
    }

    private static long waits() {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId())
                .getWaitedCount();
    }
}
