package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** How a stream ends that somebody takes back, on this node or on another. */
class RevocationsTest extends AbstractLeasesTest {

    @Test
    void whenAUserIsRevokedTheStreamsOfThatUserEndAndNoOthers() {
        FakeOutlet one = open("alice", "s1", "a");
        FakeOutlet two = open("alice", null, "b");
        FakeOutlet bob = open("bob", "alice", "alice");
        FakeOutlet nobody = open(null, null, "a");

        hub().leases().revokeUser("alice");

        one.awaitClosed();
        two.awaitClosed();
        assertOpen(bob, nobody);
    }

    @Test
    void whenASessionEndsItsStreamsEnd() {
        FakeOutlet one = open("alice", "s1", "a");
        FakeOutlet anonymous = open(null, "s1", "a");
        FakeOutlet other = open("alice", "s2", "s1");

        hub().leases().revokeSession("s1");

        one.awaitClosed();
        anonymous.awaitClosed();
        assertOpen(other);
    }

    @Test
    void whenAChannelIsRevokedAllEndThatFollowItAmongOthersAndTheirReturnIsSpread() {
        settings.put("siaran.reconnect-spread", "100s");
        var clients = new ArrayList<FakeOutlet>();
        for (int i = 0; i < 50; i++) {
            clients.add(open("a", "a", "b", "secret"));
        }
        FakeOutlet other = open("secret", "secret", "a");

        hub().leases().revokeChannel("secret");

        clients.forEach(FakeOutlet::awaitClosed);
        assertOpen(other);
        var retries =
                clients.stream().mapToLong(client -> client.stream().retry()).summaryStatistics();
        assertTrue(retries.getMax() - retries.getMin() > 30_000, retries::toString);
    }

    @Test
    void whatIsRevokedBetweenTheDecisionAndTheOpeningDoesNotOpen() {
        Lease undecided = lease("alice", null, "a");
        Lease decided = lease("alice", null, "a");
        Connection connected = connect(decided, "a");

        hub().leases().revokeUser("alice");

        FakeOutlet.open(connect(undecided, "a")).awaitClosed();
        FakeOutlet.open(connected).awaitClosed();
    }

    @Test
    void whatIsRevokedWhileARequestIsOnItsWayToTheLeaseDoesNotOpen() {
        hub().leases().revokeUser("bob");
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        hub().leases().revokeUser("alice");
        hub().leases().revokeSession("s1");
        clock.addAndGet(Duration.ofSeconds(10).toNanos());

        openAged("alice", "s2", 15).awaitClosed();
        openAged("carol", "s1", 15).awaitClosed();
        assertOpen(openAged("alice", "s2", 5), openAged("bob", "s3", 15));
    }

    private FakeOutlet openAged(String user, String session, int seconds) {
        Lease lease = hub().leases()
                .grant(
                        new Holder(user, session, null),
                        null,
                        Duration.ofSeconds(seconds).toNanos());
        lease.follow(List.of("a"));
        return FakeOutlet.open(connect(lease, "a"));
    }

    @Test
    void whatIsRevokedWhileStreamsOpenIsMissedByNone() {
        for (int round = 0; round < 500; round++) {
            var opened = new ArrayList<FakeOutlet>();
            var opening = new Thread(() -> {
                for (int i = 0; i < 4; i++) {
                    opened.add(FakeOutlet.open(connect(lease("alice", null, "a"), "a")));
                }
            });
            Lease before = lease("alice", null, "a");
            Connection connection = connect(before, "a");
            opening.start();
            FakeOutlet client = FakeOutlet.open(connection);
            hub().leases().revokeUser("alice");

            client.awaitClosed();
            assertTrue(assertJoins(opening));
            hub().leases().revokeUser("alice");
            opened.forEach(FakeOutlet::awaitClosed);
        }
        awaitTasks();
        assertEquals(0, hub().leases().opening());
    }

    private static boolean assertJoins(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return !thread.isAlive();
    }

    @Test
    void whatAnotherNodeRevokesEndsHere() {
        FakeOutlet alice = open("alice", "s1", "a");
        FakeOutlet bob = open("bob", "s2", "a");
        FakeOutlet secret = open("carol", "s3", "secret");
        FakeOutlet stays = open("dave", "s4", "a");

        broker.publish(new Message("..access", "user", "alice"));
        broker.publish(new Message("..access", "session", "s2"));
        broker.publish(new Message("..access", "channel", "secret"));
        broker.publish(new Message("..access", "of a later version", "dave"));
        broker.publish(new Message("..access", null, "dave"));

        alice.awaitClosed();
        bob.awaitClosed();
        secret.awaitClosed();
        assertOpen(stays);
    }

    @Test
    void theOtherNodesAreTold() {
        hub().leases().revokeUser("a");
        hub().leases().revokeSession("b");
        hub().leases().revokeChannel("c");

        var told = broker.stored.get("..access").stream()
                .map(stored -> stored.message().event() + " " + stored.message().data())
                .toList();
        assertEquals(List.of("user a", "session b", "channel c"), told);
    }

    @Test
    void whereItIsUnknownWhatWasRevokedEverybodysStreamsAreDecidedAnewButNotAtOnce() {
        settings.put("siaran.reconnect-spread", "20s");
        FakeOutlet user = open("alice", null, "a");
        FakeOutlet session = open(null, "s1", "a");
        FakeOutlet nobody = open(null, null, "a");

        broker.deliveries.get("..access").lost();
        assertOpen(user, session);

        advance(user, Duration.ofSeconds(24), FakeOutlet::isClosed);
        advance(session, Duration.ofSeconds(24), FakeOutlet::isClosed);
        assertOpen(nobody);
    }

    @Test
    void whoWasLetInBeforeTheBrokerDeliversIsDecidedAnewOnceItDoes() {
        broker.live = false;
        FakeOutlet user = open("alice", null, "a");
        FakeOutlet nobody = open(null, null, "a");
        awaitSeconds(user, 20);
        assertOpen(user, nobody);

        broker.live = true;
        broker.goLive("..access");
        FakeOutlet later = open("alice", null, "b");

        advance(user, Duration.ofSeconds(8), FakeOutlet::isClosed);
        assertOpen(nobody, later);
    }

    @Test
    void howSoonIsNotForTheReconnectDelayToSay() {
        settings.put("siaran.retry", "1h");
        FakeOutlet user = open("alice", null, "a");

        broker.deliveries.get("..access").lost();

        advance(user, Duration.ofSeconds(12), FakeOutlet::isClosed);
    }

    @Test
    void aStreamWhoseTimeIsCutShortEndsByThen() {
        settings.put("siaran.retry", "1s");
        settings.put("siaran.reconnect-spread", "1s");
        FakeOutlet user = open("alice", null, "a");
        awaitSeconds(user, 2);

        broker.deliveries.get("..access").lost();

        advance(user, Duration.ofSeconds(4), FakeOutlet::isClosed);
    }

    @Test
    void whileTheApplicationStopsNobodyIsTold() {
        hub().close();

        var revoked = hub().leases().revokeSession("s").toCompletableFuture();

        assertThrows(CompletionException.class, revoked::join);
        assertFalse(broker.stored.containsKey("..access"));
    }
}
