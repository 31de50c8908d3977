package dev.siaran.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.siaran.it.cluster.Node;
import dev.siaran.it.cluster.Publishing;
import dev.siaran.it.cluster.Show;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis fails while 300 clients of two nodes get 500 events a second. */
class OutageIT extends AbstractRedisIT {

    private static final int CLIENTS_OF_A_NODE = 150;
    private static final int RATE = 500;

    /** How often what takes a moment is repeated. */
    private static final int ROUNDS = Integer.getInteger("siaran.it.rounds", 10);

    @BeforeAll
    void start() throws Exception {
        start("256m", Map.of());
    }

    @Test
    void nothingIsLostOrRepeatedWhenRedisIsKilledAndComesBackWithItsFile() throws Exception {
        surviveAll("killed", one(), ROUNDS, () -> {
            redis().kill9();
            redis().restart();
        });
    }

    @Test
    void nothingIsLostOrRepeatedWhenRedisForgetsItsScripts() throws Exception {
        surviveAll("scripts", two(), ROUNDS, admin()::flushScripts);
    }

    @Test
    void nothingIsLostOrRepeatedWhenASubscriberIsKilled() throws Exception {
        surviveAll("subscribers", two(), ROUNDS, this::killSubscribers);
    }

    @Test
    void nothingIsLostOrRepeatedWhenAPublisherIsKilled() throws Exception {
        surviveAll("publishers", two(), ROUNDS, this::killPublishers);
    }

    @Test
    void nothingIsLostOrRepeatedWhenRedisSleeps() throws Exception {
        surviveAll("asleep", one(), 1, () -> admin().sleep(20));
    }

    @Test
    void nothingIsLostOrRepeatedWhenRedisIsStoppedInItsTracks() throws Exception {
        surviveAll("paused", two(), 1, () -> {
            redis().pause();
            pause(Duration.ofSeconds(30));
            redis().resume();
        });
    }

    @Test
    void aRedisThatComesBackWithoutItsDataIsOneGapForEveryClient() throws Exception {
        // given clients that have had all
        audience().follow(CLIENTS_OF_A_NODE, one().stream("emptied"));
        audience().follow(CLIENTS_OF_A_NODE, two().stream("emptied"));
        Publishing before = one().publish("emptied", "rate=" + RATE + "&count=" + RATE);
        audience().awaitNumber(RATE - 1, PATIENCE);
        long first = before.acknowledged(RATE, PATIENCE);

        // when Redis loses its data, and events are published meanwhile and after
        redis().kill9();
        Publishing after = two().publish("emptied", RATE, first);
        Await.until("some wait", PATIENCE, after::published, count -> count > RATE / 2);
        redis().restartEmpty();
        audience().awaitNumber(first + 4 * RATE, PATIENCE);
        long count = first + after.stop(PATIENCE);

        // then each client is told once, and goes on with what is new
        audience().awaitNumber(count - 1, PATIENCE);
        assertEquals(
                List.of(),
                audience()
                        .others(client -> client.check().gaps() == 1
                                && client.check().skipped() == 0
                                && client.check().lost()
                                                + client.check().repeated()
                                                + client.check().reordered()
                                        == 0
                                && client.opened().size() == 1));
    }

    private void surviveAll(String channel, Node publisher, int rounds, Fault fault) throws Exception {
        Node other = publisher == one() ? two() : one();
        assertUnnoticed(
                Show.begin(channel, audience(), List.of(publisher, other), CLIENTS_OF_A_NODE, RATE), rounds, fault);
    }

    private void killSubscribers() {
        Set<String> before = clients("sub");
        assertEquals(2, before.size(), "one connection for each node");
        before.forEach(admin()::kill);
        Await.until(
                "both are back",
                PATIENCE,
                () -> clients("sub"),
                now -> now.size() == 2 && now.stream().noneMatch(before::contains));
    }

    /** The node that publishes nothing may take a moment to come back. */
    private void killPublishers() {
        Set<String> before = clients("pub");
        assertFalse(before.isEmpty(), "nobody publishes");
        before.forEach(admin()::kill);
    }

    private Set<String> clients(String role) {
        return admin().clients("siaran:.*:" + role).keySet();
    }

    /** Lets the outage last. */
    private static void pause(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
