package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;

/** Streams that belong to somebody. */
abstract class AbstractLeasesTest extends AbstractHubTest {

    Lease lease(String user, String session, String... channels) {
        Lease lease = hub().leases().grant(new Holder(user, session, null), null);
        lease.follow(List.of(channels));
        return lease;
    }

    Connection connect(Lease lease, String... channels) {
        return hub().follow(List.of(channels), null, SlowPolicy.DISCONNECT, lease);
    }

    FakeOutlet open(String user, String session, String... channels) {
        FakeOutlet client = FakeOutlet.open(connect(lease(user, session, channels), channels));
        client.await(outlet -> outlet.writes() > 0);
        return client;
    }

    void assertOpen(FakeOutlet... clients) {
        awaitTasks();
        for (FakeOutlet client : clients) {
            assertFalse(client.isClosed(), client::text);
        }
    }
}
