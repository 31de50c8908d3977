package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a stream ends whose time is over. */
class LeasesTest extends AbstractLeasesTest {

    @Test
    void aStreamEndsInTimeWhoeverElseHasLeft() {
        settings.put("siaran.shards", "1");
        FakeOutlet leaving = open("bob", null, "a");
        Lease lease = hub().leases().grant(new Holder("alice", null, null), Duration.ofSeconds(5));
        FakeOutlet client = FakeOutlet.open(connect(lease, "a"));
        awaitSeconds(client, 2);

        hub().leases().revokeUser("bob");
        leaving.awaitClosed();

        advance(client, Duration.ofSeconds(5), FakeOutlet::isClosed);
    }

    @Test
    void aStreamEndsWhenItsTimeIsOverAndItsClientMissesNothing() {
        Lease lease = hub().leases().grant(new Holder("alice", null, null), Duration.ofSeconds(60));
        FakeOutlet client = FakeOutlet.open(connect(lease, "a"));
        client.await(outlet -> outlet.writes() > 0);
        broker.publish("a", 1, 3);
        client.awaitEvents(3);

        clock.addAndGet(Duration.ofSeconds(58).toNanos());
        assertOpen(client);
        advance(client, Duration.ofSeconds(4), FakeOutlet::isClosed);
        broker.publish("a", 4, 6);

        FakeOutlet back = follow("a", client.stream().lastEventId());
        assertEquals(expected("a", 4, 6), back.awaitEvents(3));
        assertEquals(expected("a", 1, 3), client.data());
    }

    @Test
    void aSlowClientEndsInTimeToo() {
        Lease lease = hub().leases().grant(new Holder("alice", null, null), Duration.ofSeconds(5));
        FakeOutlet client = FakeOutlet.open(connect(lease, "a"));
        client.await(outlet -> outlet.writes() > 0);
        client.stall();
        broker.publish("a", 1, 1);

        advance(client, Duration.ofSeconds(7), FakeOutlet::isClosed);
    }

    @Test
    void nothingIsKeptOfAStreamThatHasEndedOrNeverBegan() {
        FakeOutlet client = open("alice", "s", "a");
        lease("bob", "s", "a").end();
        connect(lease("carol", "s", "a"), "a").close();
        client.breakConnection();
        broker.publish("a", 1, 1);

        advance(client, Duration.ofMinutes(1), FakeOutlet::isAbandoned);

        assertEquals(0, hub().leases().opening());
    }
}
