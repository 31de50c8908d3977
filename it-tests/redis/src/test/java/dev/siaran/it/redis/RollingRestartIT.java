package dev.siaran.it.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.cluster.Follower;
import dev.siaran.it.cluster.Node;
import dev.siaran.it.cluster.Publishing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both nodes are restarted, one after the other, while 2,000 clients get 100 events a second. */
class RollingRestartIT extends AbstractRedisIT {

    private static final int CLIENTS = 2_000;
    private static final int RATE = 100;
    private static final Duration RETRY = Duration.ofSeconds(2);

    @BeforeAll
    void start() throws Exception {
        start("256m", Map.of("siaran.retry", RETRY.toSeconds() + "s", "siaran.reconnect-spread", "5s"));
    }

    @Test
    void noClientLosesOrRepeatsAnEventAndTheyComeBackOneAfterTheOther() throws Exception {
        // given clients of both nodes: a half come back to where they were, a half go to the other node, as behind a
        // balancer
        int part = CLIENTS / 4;
        audience().follow(part, one().stream("rolling"));
        audience().follow(part, two().stream("rolling"));
        var balanced = new ArrayList<>(audience().follow(part, one().stream("rolling"), two().stream("rolling")));
        balanced.addAll(audience().follow(part, two().stream("rolling"), one().stream("rolling")));

        // when one node and then the other is restarted, while the one that is not publishes
        Publishing events = two().publish("rolling", RATE, 0);
        audience().awaitNumber(RATE, PATIENCE);
        restart(one(), balanced);
        long middle = events.stop(PATIENCE);
        events = one().publish("rolling", RATE, middle);
        audience().awaitNumber(middle + RATE, PATIENCE);
        restart(two(), balanced);
        audience().awaitNumber(middle + events.published(), PATIENCE);
        long count = middle + events.stop(PATIENCE);

        // then everyone has had all
        assertAllHaveAll(count);
        System.out.println("rolling: " + count + " events for each of " + CLIENTS + " clients");
    }

    /** Restarts a node. When those come back who find another one there at once is for the library alone to say. */
    private void restart(Node node, List<Follower> balanced) {
        long begin = System.nanoTime();
        node.stop();
        node.start();
        audience().await("everyone is back", PATIENCE, Follower::isOpen);
        List<Double> returns = audience().ask(all -> returnsAfter(begin, all));
        assertTrue(returns.size() >= CLIENTS / 2, returns.size() + " came back");
        List<Double> spread = audience().ask(all -> returnsAfter(begin, balanced));
        int busiest = busiestSecond(spread);
        System.out.printf(
                "rolling: %d came back from %.1f to %.1f s after the restart began, of those who went to the other node"
                        + " %d of %d in the busiest second%n",
                returns.size(), returns.get(0), returns.get(returns.size() - 1), busiest, spread.size());
        assertTrue(spread.get(0) >= RETRY.toSeconds(), "the first came back after " + spread.get(0) + " s");
        assertTrue(busiest < spread.size() * 0.4, busiest + " of " + spread.size() + " came back within one second");
    }

    /** The first return of each client that had to, in seconds after the beginning, sorted. */
    private static List<Double> returnsAfter(long begin, List<Follower> clients) {
        List<Double> returns = new ArrayList<>();
        for (Follower client : clients) {
            client.opened().stream()
                    .filter(opened -> opened - begin > 0)
                    .findFirst()
                    .ifPresent(opened -> returns.add((opened - begin) / 1e9));
        }
        returns.sort(null);
        return returns;
    }

    private static int busiestSecond(List<Double> sorted) {
        int busiest = 0;
        for (int first = 0, next = 0; next < sorted.size(); next++) {
            while (sorted.get(next) - sorted.get(first) >= 1) {
                first++;
            }
            busiest = Math.max(busiest, next - first + 1);
        }
        return busiest;
    }
}
