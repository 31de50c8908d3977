package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import dev.siaran.spi.StoredMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** What happens when servers of a cluster fail, or give slots to each other. On both kinds of announcements. */
class ClusterFaultTest {

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    private RedisCluster cluster(RedisServer.Kind kind, boolean replicas) throws Exception {
        return closing(new RedisCluster(kind, replicas));
    }

    private Broker node(RedisCluster cluster) {
        Map<String, String> settings = new HashMap<>(cluster.settings());
        settings.put("siaran.redis.timeout", "300ms");
        return closing(RedisBrokerTest.open(settings));
    }

    private static Receiver receive(Broker broker, String channel) throws Exception {
        var receiver = new Receiver();
        broker.subscribe(channel, receiver);
        receiver.awaitLive();
        return receiver;
    }

    private static String publish(Broker broker, String channel, String data) throws Exception {
        return Await.value(broker.publish(new Message(channel, "e", data)));
    }

    private static List<String> clientNames(RedisCluster cluster, int server) {
        return new String((byte[]) cluster.command(server, Command.CLIENT, "LIST"), UTF_8)
                .lines()
                .map(line -> line.replaceAll(".* name=(\\S*) .*", "$1"))
                .filter(name -> name.startsWith("siaran:"))
                .toList();
    }

    /** The numbers of their connections. */
    private static String subscribers(RedisCluster cluster, int server) {
        return new String((byte[]) cluster.command(server, Command.CLIENT, "LIST", "TYPE", "pubsub"), UTF_8)
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PATH", "EMBEDDED"})
    void eachShardHasOneSubscriberAndItsOwnChannelsOnly(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, false);
        Broker broker = node(cluster);
        List<String> channels = IntStream.range(0, 60).mapToObj(i -> "c-" + i).toList();

        // when
        for (String channel : channels) {
            receive(broker, channel);
        }

        // then
        String kindOfChannels = kind == RedisServer.Kind.EMBEDDED ? "CHANNELS" : "SHARDCHANNELS";
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            int master = i;
            long expected = channels.stream()
                    .filter(channel -> RedisCluster.masterOf(channel) == master)
                    .count();
            Await.until(
                    "only its channels are subscribed",
                    () -> ((List<?>) cluster.command(master, Command.PUBSUB, kindOfChannels, "siaran:{*")).size()
                            == expected);
            Await.until(
                    "there is one subscriber",
                    () -> clientNames(cluster, master).stream()
                                    .filter(name -> name.endsWith(":sub"))
                                    .count()
                            == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PATH", "EMBEDDED"})
    void aUserNeedsNoMoreThanIsDocumented(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, false);
        boolean sharded = kind == RedisServer.Kind.PATH;
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            cluster.command(
                    i,
                    Command.ACL,
                    ("SETUSER app on >p4ss resetkeys ~siaran:* resetchannels &siaran:* -@all +evalsha +script|load"
                                    + " +xadd +xrange +xrevrange +xdel +hget +hset +hdel +hlen +hgetall +pexpire"
                                    + " +get +set +ping +publish +subscribe +unsubscribe +client|setname"
                                    + " +cluster|slots +asking"
                                    + (sharded ? " +spublish +ssubscribe +sunsubscribe" : ""))
                            .split(" "));
        }
        LogLines log = closing(new LogLines());

        // when
        Map<String, String> settings = new HashMap<>(cluster.settings());
        settings.put("siaran.redis.uri", "redis://app:p4ss@any");
        Broker broker = closing(RedisBrokerTest.open(settings));

        // then
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            String channel = RedisCluster.channelOf(i);
            Receiver receiver = receive(broker, channel);
            String id = publish(broker, channel, "x");
            assertEquals(List.of("x"), receiver.data(1));
            Await.value(broker.history(channel, id, "", 1));
        }
        assertEquals(List.of(), log.all());
    }

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
    void aChannelFollowsItsSlot(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, false);
        Broker a = node(cluster);
        Broker b = node(cluster);
        String channel = RedisCluster.channelOf(0);
        Receiver atA = receive(a, channel);
        Receiver atB = receive(b, channel);
        Receiver stays = receive(b, RedisCluster.channelOf(0, "stays-"));
        Publishing publishing = closing(new Publishing(a, channel, "m"));

        // when
        for (int round = 0; round < 3; round++) {
            publish(a, RedisCluster.channelOf(0, "stays-"), "x");
            cluster.moveSlot(channel, round, (round + 1) % RedisCluster.MASTERS);
        }
        publish(a, RedisCluster.channelOf(0, "stays-"), "end");

        // then
        int count = publishing.finish();
        assertFalse(Failover.assertOnceOrLossTold(atA, "m", count));
        assertFalse(Failover.assertOnceOrLossTold(atB, "m", count));
        assertEquals(List.of("x", "x", "x", "end"), stays.data(4));
    }

    @ParameterizedTest
    @EnumSource(names = {"PATH", "EMBEDDED"})
    void aChannelIsServedWhileItsSlotIsBeingMoved(RedisServer.Kind kind) throws Exception {
        // given: the keys have gone, the slot has not
        RedisCluster cluster = cluster(kind, false);
        Broker broker = node(cluster);
        String channel = RedisCluster.channelOf(0);
        Receiver receiver = receive(broker, channel);
        String first = publish(broker, channel, "1");
        cluster.beginMove(channel, 0, 1);
        cluster.moveKeys(channel, 0, 1);

        // when
        String second = publish(broker, channel, "2");
        History page = Await.value(broker.history(channel, first, "", 10));
        cluster.endMove(channel, 0, 1);
        publish(broker, channel, "3");

        // then
        assertEquals(
                List.of(second), page.messages().stream().map(StoredMessage::id).toList());
        assertEquals(List.of("1", "2", "3"), receiver.data(3));
        receiver.assertNothingMore();
    }
}
