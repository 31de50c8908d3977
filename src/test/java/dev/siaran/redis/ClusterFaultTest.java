package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import dev.siaran.spi.Publishing;
import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** What happens when servers of a cluster fail. On both kinds of announcements. */
class ClusterFaultTest extends ClusterTestCase {

    @ParameterizedTest
    @EnumSource(names = {"PATH", "EMBEDDED"})
    void aMasterThatIsKilledAndRestartedDisturbsNoOther(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, false);
        Broker a = node(cluster);
        Broker b = node(cluster);
        List<Receiver> receivers = new ArrayList<>();
        List<Publishing> publishing = new ArrayList<>();
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            String channel = RedisCluster.channelOf(i);
            receivers.add(receive(b, channel));
            publishing.add(closing(new Publishing(a, channel, "m")));
        }

        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            int master = i;
            Await.until(
                    "both nodes are there",
                    () -> subscribers(cluster, master).lines().count() == 2);
        }
        List<String> before = List.of(subscribers(cluster, 1), subscribers(cluster, 2));

        // when
        cluster.server(0).kill9();
        for (int i = 1; i < RedisCluster.MASTERS; i++) {
            for (int n = 0; n < 100; n++) {
                publish(a, RedisCluster.channelOf(i, "other-"), "x");
            }
        }
        Await.until("the others know", () -> cluster.isFailed(1, 0) && cluster.isFailed(2, 0));
        for (int i = 1; i < RedisCluster.MASTERS; i++) {
            publish(a, RedisCluster.channelOf(i, "other-"), "x");
        }
        cluster.server(0).restart();

        // then
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            int count = publishing.get(i).finish();
            assertFalse(Failover.assertOnceOrLossTold(receivers.get(i), "m", count));
        }
        assertEquals(before, List.of(subscribers(cluster, 1), subscribers(cluster, 2)));
    }

    @ParameterizedTest
    @EnumSource(names = {"PATH", "EMBEDDED"})
    void aReplicaTakesOverAndNothingIsSilentlyLost(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, true);
        Broker a = node(cluster);
        Broker b = node(cluster);
        List<Receiver> receivers = new ArrayList<>();
        List<Publishing> publishing = new ArrayList<>();
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            String channel = RedisCluster.channelOf(i);
            receivers.add(receive(b, channel));
            publishing.add(closing(new Publishing(a, channel, "m")));
        }
        publish(a, RedisCluster.channelOf(0, "other-"), "x");

        // when
        cluster.server(0).kill9();
        publish(a, RedisCluster.channelOf(0, "other-"), "x");
        cluster.server(0).restart();
        Await.until("it knows that it is a replica now", () -> cluster.info(0).contains("role:slave"));

        // then
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            int count = publishing.get(i).finish();
            boolean lost = Failover.assertOnceOrLossTold(receivers.get(i), "m", count);
            assertTrue(i == 0 || !lost, "a loss where nothing happened");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PATH", "EMBEDDED"})
    void whatTheReplicaHadNotIsTold(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, true);
        Broker a = node(cluster);
        Broker b = node(cluster);
        String channel = RedisCluster.channelOf(0);
        Receiver atA = receive(a, channel);
        Receiver atB = receive(b, channel);
        Receiver elsewhere = receive(b, RedisCluster.channelOf(1));
        String kept = publish(a, channel, "kept");
        cluster.awaitCopied(0);

        // when
        cluster.stopCopying(0);
        publish(a, channel, "gone");
        assertEquals(List.of("kept", "gone"), atA.data(2));
        assertEquals(List.of("kept", "gone"), atB.data(2));
        cluster.server(0).kill9();
        publish(a, channel, "after");
        publish(b, channel, "end");

        // then
        List<String> expected = List.of(Receiver.LOST, "after", "end");
        assertEquals(expected, atA.data(3));
        assertEquals(expected, atB.data(3));
        elsewhere.assertNothingMore();
        History page = Await.value(b.history(channel, kept, "", 10));
        assertEquals(History.Start.TRIMMED, page.start());
        assertEquals(2, page.messages().size());
    }

    @ParameterizedTest
    @EnumSource(names = {"PATH", "EMBEDDED"})
    void aMasterThatChangesPlacesLosesNothingAndIsLeft(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, true);
        Broker a = node(cluster);
        Broker b = node(cluster);
        String channel = RedisCluster.channelOf(0);
        Receiver atB = receive(b, channel);
        Publishing publishing = closing(new Publishing(a, channel, "m"));
        publish(a, RedisCluster.channelOf(0, "other-"), "x");
        cluster.awaitReplica(0);

        // when
        cluster.command(RedisCluster.MASTERS, Command.CLUSTER, "FAILOVER");

        // then
        Await.until(
                "the old one is left",
                () -> cluster.info(0).contains("role:slave")
                        && clientNames(cluster.server(0)).isEmpty());
        int count = publishing.finish();
        assertFalse(Failover.assertOnceOrLossTold(atB, "m", count));
    }

    @ParameterizedTest
    @EnumSource(names = {"PATH", "EMBEDDED"})
    void aClusterThatIsAwayAtTheStartIsWaitedFor(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, false);
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            cluster.server(i).kill9();
        }

        // when
        Broker broker = node(cluster);
        List<Receiver> receivers = new ArrayList<>();
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            receivers.add(new Receiver());
            broker.subscribe(RedisCluster.channelOf(i), receivers.get(i));
            sent.add(broker.publish(new Message(RedisCluster.channelOf(i), "e", "early")));
        }
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            cluster.server(i).restart();
        }

        // then
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            Await.value(sent.get(i));
            receivers.get(i).awaitLive();
            publish(broker, RedisCluster.channelOf(i), "end");
            List<String> data = receivers.get(i).dataUpTo("end");
            assertTrue(List.of(List.of("early", "end"), List.of("end")).contains(data), data::toString);
        }
        Await.until(
                "each is in its lane",
                () -> subscribers(cluster, 1).lines().count() == 1
                        && subscribers(cluster, 2).lines().count() == 1);
    }
}
