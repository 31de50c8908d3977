package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How streams and channels end. */
class HubCloseTest extends AbstractHubTest {

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
    void aResponseWhoseClientIsGoneDoesNotOutliveTheHub() {
        FakeOutlet leaves = follow("a", null);
        leaves.await(outlet -> outlet.writes() == 1);
        leaves.breakConnection();

        hub().close();

        assertTrue(leaves.isAbandoned());
    }

    @Test
    void aWriteThatDoesNotReturnDoesNotOutliveTheHub() {
        FakeOutlet blocked = follow("a", null);
        blocked.await(outlet -> outlet.writes() == 1);
        blocked.block();
        broker.publish("a", 1, 1);
        blocked.await(FakeOutlet::isWaiting);

        hub().close();

        blocked.await(FakeOutlet::isAbandoned);
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
    void noConnectionOutlivesTheHubWheneverItIsOpened() throws Exception {
        settings.put("siaran.shards", "1");
        for (int round = 0; round < 2000; round++) {
            var hub = new Hub(SiaranConfig.read(Settings.of(settings)), broker, clock::get);
            for (int i = 0; i < 50; i++) {
                FakeOutlet.open(hub.connect(hub.stream(), "early", hub.leases().grant(Holder.NOBODY, null)));
            }
            List<Connection> late = Stream.generate(
                            () -> hub.connect(hub.stream(), "late", hub.leases().grant(Holder.NOBODY, null)))
                    .limit(50)
                    .toList();
            var opening = CompletableFuture.supplyAsync(
                    () -> late.stream().map(FakeOutlet::open).toList());

            hub.close();

            opening.get().forEach(FakeOutlet::awaitClosed);
            late.forEach(connection -> assertFalse(connection.isOpen()));
        }
    }

    @Test
    void aConnectionOpenedTooLateIsClosedAtOnce() {
        Connection late = hub().follow(List.of("a"), null, SlowPolicy.DISCONNECT);

        hub().close();

        FakeOutlet.open(late).awaitClosed();
    }
}
