package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Publishing;
import dev.siaran.spi.Receiver;
import dev.siaran.spi.StoredMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** Who serves which channels on a cluster, also while slots get another owner. On both kinds of announcements. */
class ClusterSlotsTest extends ClusterTestCase {

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
                    () -> clientNames(cluster.server(master)).stream()
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
                                    + " +cluster|slots +cluster|info +asking"
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
    void aChannelFollowsItsSlot(RedisServer.Kind kind) throws Exception {
        // given
        RedisCluster cluster = cluster(kind, false);
        Broker a = node(cluster, "30s");
        Broker b = node(cluster, "30s"); // nothing is found out by waiting
        String channel = RedisCluster.channelOf(0);
        Receiver atA = receive(a, channel);
        Receiver atB = receive(b, channel);
        Receiver stays = receive(b, RedisCluster.channelOf(0, "stays-"));
        Publishing publishing = closing(new Publishing(a, channel, "m"));

        // when
        for (int round = 0; round < 4; round++) {
            publish(a, RedisCluster.channelOf(0, "stays-"), "x");
            cluster.moveSlot(channel, round % RedisCluster.MASTERS, (round + 1) % RedisCluster.MASTERS);
        }
        publish(a, RedisCluster.channelOf(0, "stays-"), "end");

        // then
        int count = publishing.finish();
        assertFalse(Failover.assertOnceOrLossTold(atA, "m", count));
        assertFalse(Failover.assertOnceOrLossTold(atB, "m", count));
        assertEquals(List.of("x", "x", "x", "x", "end"), stays.data(5));
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
