package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siaran.internal.config.IpAddress;
import dev.siaran.spi.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A place that a stream has taken is free again, whichever way the stream ends. */
class LimitsTest extends AbstractHubTest {

    private static final int MOST = 8;
    private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.1").orElseThrow();
    private static final Holder ALICE = new Holder("alice", "s", ADDRESS);

    private Lease lease() {
        Lease lease = hub().leases().grant(ALICE, null);
        lease.follow(List.of("a"));
        return lease;
    }

    private Connection connect() {
        return hub().follow(List.of("a"), null, SlowPolicy.DISCONNECT, lease());
    }

    private void limit(String most) {
        settings.put("siaran.max-streams-per-user", most);
        settings.put("siaran.max-new-streams", "0");
    }

    private void assertAllFree() throws Exception {
        Await.until("every place is free", () -> hub().leases().holders() == 0);
        assertEquals(0, hub().leases().opening());
        var all = new ArrayList<Lease>();
        for (int i = 0; i < MOST; i++) {
            all.add(lease());
        }
        assertThrows(TooManyStreamsException.class, this::lease);
        all.forEach(Lease::end);
    }

    @Test
    void whoHasAsManyAsAllowedGetsAnotherOnceOneHasEnded() throws Exception {
        limit("1");
        FakeOutlet first = FakeOutlet.open(connect());
        first.await(outlet -> outlet.writes() > 0);
        assertThrows(TooManyStreamsException.class, this::lease);

        hub().leases().revokeUser("alice");
        first.awaitClosed();
        Await.until("its place is free", () -> hub().leases().holders() == 0);

        FakeOutlet.open(connect()).await(outlet -> outlet.writes() > 0);
        assertThrows(TooManyStreamsException.class, this::lease);
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        limit("2");
        Lease one = lease();
        lease();

        one.end();
        one.end();

        lease();
        assertThrows(TooManyStreamsException.class, this::lease);
    }

    @Test
    void streamsThatTheApplicationLetsInItselfAreNotCounted() {
        limit("1");
        settings.put("siaran.max-streams", "1");
        FakeOutlet own = follow("a", null);
        FakeOutlet other = follow("a", null);
        other.await(outlet -> outlet.writes() > 0);

        FakeOutlet.open(connect()).await(outlet -> outlet.writes() > 0);

        own.await(outlet -> outlet.writes() > 0);
    }

    @Test
    void whateverBecomesOfStreamsTheirPlacesAreFreeAgain() throws Exception {
        limit(Integer.toString(MOST));
        var random = new Random(42);
        for (int round = 0; round < 50; round++) {
            var clients = new ArrayList<FakeOutlet>();
            for (int i = 0; i < MOST; i++) {
                switch (random.nextInt(9)) {
                    case 0 -> lease().end();
                    case 1 -> connect().close();
                    case 2 -> {
                        Connection connection = connect();
                        connection.lost(null);
                        FakeOutlet.open(connection);
                    }
                    case 3 -> {
                        Lease lease = lease();
                        hub().leases().revokeUser("alice");
                        FakeOutlet.open(hub().follow(List.of("a"), null, SlowPolicy.DISCONNECT, lease));
                    }
                    case 4 -> {
                        Connection connection = connect();
                        FakeOutlet.open(connection);
                        connection.close();
                        connection.lost(new IllegalStateException("told twice"));
                    }
                    case 5 -> {
                        StreamSource source = hub().stream();
                        FakeOutlet.open(hub().connect(source, "own", lease()));
                        source.end();
                    }
                    case 6 -> {
                        FakeOutlet client = FakeOutlet.open(connect());
                        client.breakConnection();
                        clients.add(client);
                    }
                    case 7 -> clients.add(FakeOutlet.openStalled(connect()));
                    default -> clients.add(FakeOutlet.open(connect()));
                }
            }
            broker.publish("a", 1, 1);
            clock.addAndGet(Duration.ofSeconds(random.nextInt(60)).toNanos());
            hub().leases().revokeUser("alice");
            assertAllFree();
        }
    }

    @Test
    void whenTheNodeStopsNoPlaceStaysTaken() {
        limit(Integer.toString(MOST));
        FakeOutlet.open(connect());
        FakeOutlet.openStalled(connect());
        Connection late = connect();
        Connection never = connect();

        hub().close();
        FakeOutlet.open(late);
        never.close();

        assertEquals(0, hub().leases().holders());
    }
}
