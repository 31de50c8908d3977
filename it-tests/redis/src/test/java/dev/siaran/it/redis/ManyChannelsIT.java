package dev.siaran.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.cluster.Follower;
import dev.siaran.it.cluster.Node;
import dev.siaran.it.cluster.WanderingFollower;
import dev.siaran.it.load.Server;
import dev.siaran.it.support.Await;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the nodes subscribe at Redis is what their clients follow. */
class ManyChannelsIT extends AbstractRedisIT {

    private static final int CHANNELS = 5_000;
    private static final int WANDERERS = 64;
    private static final Duration CHURN = FULL ? Duration.ofSeconds(60) : Duration.ofSeconds(10);

    @BeforeAll
    void start() throws Exception {
        // A client that has left is noticed when it is written to, and its channel is left soon after
        start("256m", Map.of("siaran.log.linger", "0ms", "siaran.heartbeat", "1s"));
    }

    @Test
    void thousandsOfChannelsAreOneConnectionForEachNode() {
        // given a client for each channel, half of them at each node
        List<URI> streams = new ArrayList<>(streams(one(), "many").subList(0, CHANNELS / 2));
        streams.addAll(streams(two(), "many").subList(CHANNELS / 2, CHANNELS));
        audience().follow(Follower::new, streams.stream().map(List::of).toList());

        // then each channel is subscribed once, all over one connection for each node
        assertEquals(2, admin().clients("siaran:.*:sub").size());
        assertEquals(expected(), admin().subscribers("siaran:{many-"));

        // and works
        one().publish("many", "rate=5000&channels=" + CHANNELS + "&count=" + 2 * CHANNELS);
        assertAllHaveAll(2);
    }

    @Test
    void clientsThatComeAndGoLeaveTheRightChannelsSubscribed() throws Exception {
        // given clients that come and go, which subscribes and leaves channels on many threads of both nodes
        List<URI> streams = new ArrayList<>(streams(one(), "churn"));
        streams.addAll(streams(two(), "churn"));
        List<Follower> wanderers = audience().follow(WanderingFollower::new, Collections.nCopies(WANDERERS, streams));
        new CountDownLatch(1).await(CHURN.toMillis(), TimeUnit.MILLISECONDS);

        // when they stay where they are
        audience().ask(all -> {
            wanderers.forEach(client -> ((WanderingFollower) client).settle());
            return true;
        });
        audience().await("all are open", PATIENCE, Follower::isOpen);

        // then the channels that are followed are subscribed, and no other
        Map<String, Long> expected = expected();
        Await.until("the right channels", PATIENCE, () -> admin().subscribers("siaran:{churn-"), expected::equals);
        assertEquals(2, admin().clients("siaran:.*:sub").size());

        // and work
        one().publish("churn", "rate=5000&channels=" + CHANNELS + "&count=" + 2 * CHANNELS);
        assertAllHaveAll(2);
        int opened = audience()
                .ask(all -> wanderers.stream()
                        .mapToInt(client -> client.opened().size())
                        .sum());
        System.out.println(
                "churn: " + opened + " streams in " + CHURN + ", " + admin().calls("subscribe") + " SUBSCRIBE, "
                        + admin().calls("unsubscribe") + " UNSUBSCRIBE, " + expected.size() + " channels at the end");
    }

    private static List<URI> streams(Node node, String name) {
        return IntStream.range(0, CHANNELS)
                .mapToObj(i -> node.stream(name + "-" + i))
                .toList();
    }

    /** How many nodes have clients of each channel. */
    private Map<String, Long> expected() {
        List<Server> streams = audience()
                .ask(all -> all.stream().map(Follower::server).distinct().toList());
        return streams.stream()
                .map(stream -> stream.path().substring(stream.path().lastIndexOf('/') + 1))
                .collect(Collectors.groupingBy(
                        channel -> "siaran:{" + channel + "}", TreeMap::new, Collectors.counting()));
    }
}
