package dev.siaran.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.cluster.Audience;
import dev.siaran.it.cluster.Node;
import dev.siaran.it.cluster.Show;
import dev.siaran.redis.RedisCluster;
import dev.siaran.redis.RedisSentinels;
import dev.siaran.redis.RedisServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A master is killed that another server stands in for, while clients of two nodes get events. */
class FailoverIT {

    private static final int CLIENTS_OF_A_NODE = 50;
    private static final int RATE = 200;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    @AfterEach
    void everythingEnds() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private List<Node> nodes(Map<String, String> keys) {
        var all = new TreeMap<>(AbstractRedisIT.KEEPING_MUCH);
        all.putAll(keys);
        return List.of(closing(new Node("one", "256m", all)), closing(new Node("two", "256m", all)));
    }

    private Show begin(String channel, List<Node> nodes) {
        return Show.begin(channel, closing(new Audience()), nodes, CLIENTS_OF_A_NODE, RATE);
    }

    /** Redis answers before it copies: what the other server has not is one gap, and never silence. */
    private static void assertNothingIsMissingInSilence(Show show) {
        long count = show.end();
        assertEquals(
                List.of(),
                show.audience()
                        .others(client -> client.check().lost() == 0
                                && client.check().reordered() == 0
                                && client.check().gaps() <= 1
                                && (client.check().gaps() == 1 || client.hasAll(count))
                                && client.opened().size() == 1));
        long gaps = show.audience()
                .ask(all ->
                        all.stream().mapToLong(client -> client.check().gaps()).sum());
        System.out.println(
                show.channel() + ": " + count + " events, " + gaps + " gaps for " + 2 * CLIENTS_OF_A_NODE + " clients");
    }

    @Test
    void deliveryGoesOnByItselfWhenSentinelsReplaceTheMaster() throws Exception {
        RedisSentinels redis = closing(new RedisSentinels());
        Show show = begin("sentinel", nodes(redis.settings()));

        redis.server(0).kill9();
        show.awaitMore();

        assertNothingIsMissingInSilence(show);
    }

    @Test
    void whatTheNewMasterHasNotIsOneGapForEveryClient() throws Exception {
        RedisSentinels redis = closing(new RedisSentinels());
        Show show = begin("forgotten", nodes(redis.settings()));
        redis.stopCopying();
        show.awaitMore();

        redis.server(0).kill9();
        show.awaitMore();

        show.end();
        assertEquals(
                List.of(),
                show.audience()
                        .others(client -> client.check().gaps() == 1
                                && client.check().lost() == 0
                                && client.opened().size() == 1));
    }

    @Test
    void deliveryGoesOnByItselfWhenAReplicaOfAClusterTakesOverAndOtherShardsNoticeNothing() throws Exception {
        RedisCluster redis = closing(new RedisCluster(RedisServer.local(), true));
        List<Node> nodes = nodes(redis.settings());
        List<Show> shows = new ArrayList<>();
        for (int master = 0; master < RedisCluster.MASTERS; master++) {
            shows.add(begin(RedisCluster.channelOf(master), nodes));
        }

        redis.server(0).kill9();
        for (Show show : shows) {
            show.awaitMore();
        }

        assertNothingIsMissingInSilence(shows.get(0));
        for (Show show : shows.subList(1, shows.size())) {
            show.endComplete();
        }
    }
}
