package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Publishing;
import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** What happens when the master that sentinels watch fails. Every test has servers of its own. */
class SentinelFaultTest extends RedisTest {

    private Broker node(RedisSentinels redis, String... keysAndValues) {
        Map<String, String> settings = new HashMap<>(redis.settings());
        settings.put("siaran.redis.timeout", "300ms");
        return open(settings, keysAndValues);
    }

    @Test
    void aMasterThatIsKilledWhilePublishingIsReplaced() throws Exception {
        // given
        RedisSentinels redis = closing(new RedisSentinels());
        LogLines log = closing(new LogLines());
        Broker a = node(redis);
        Broker b = node(redis, "siaran.redis.uri", "redis://127.0.0.1:1/0");
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Publishing publishing = closing(new Publishing(a, CHANNEL, "m"));
        String first = publish(a, "!");

        LogLines outage = closing(new LogLines());

        // when
        redis.server(0).kill9();
        Await.until("it is replaced", () -> redis.info(1).contains("role:master"));
        Await.until(
                "the nodes are there",
                () -> clientNames(redis.server(1)).stream()
                                .filter(name -> name.endsWith(":sub"))
                                .count()
                        == 2);
        int count = publishing.finish();
        publish(b, "end");

        // then
        assertFalse(first.isEmpty());
        for (Receiver receiver : List.of(atA, atB)) {
            List<String> data = new ArrayList<>(receiver.dataUpTo("end"));
            Failover.assertOnceOrLossTold(without(data, "!", "end"), "m", count);
        }
        assertFalse(log.all().toString().contains(RedisSentinels.PASSWORD), log.all()::toString);
        assertEquals(2, outage.of(Level.WARNING).size(), log.all()::toString);
    }

    private static List<String> without(List<String> data, String... marks) {
        data.removeAll(List.of(marks));
        return data;
    }

    @Test
    void whatTheReplicaHadNotIsTold() throws Exception {
        // given
        RedisSentinels redis = closing(new RedisSentinels());
        Broker a = node(redis);
        Broker b = node(redis);
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        String kept = publish(a, "kept");
        Await.until(
                "the replica has it",
                () -> redis.command(1, Command.XLEN, "siaran:{news}").equals(1L));

        // when
        redis.stopCopying();
        publish(a, "gone");
        assertEquals(List.of("kept", "gone"), atA.data(2));
        assertEquals(List.of("kept", "gone"), atB.data(2));
        redis.server(0).kill9();
        publish(a, "after");
        publish(b, "end");

        // then
        List<String> expected = List.of(Receiver.LOST, "after", "end");
        assertEquals(expected, atA.data(3));
        assertEquals(expected, atB.data(3));
        History page = Await.value(b.history(CHANNEL, kept, "", 10));
        assertEquals(History.Start.TRIMMED, page.start());
        assertEquals(2, page.messages().size());

        // and the old master, which still has it, disturbs nobody when it is back
        redis.server(0).restart();
        redis.command(
                0,
                Command.REPLICAOF,
                "127.0.0.1",
                String.valueOf(redis.server(1).port()));
        publish(a, "last");
        assertEquals(List.of("last"), atB.data(1));
        atA.data(1);
        atA.assertNothingMore();
        atB.assertNothingMore();
        assertEquals(List.of(), clientNames(redis.server(0)));
    }

    @Test
    void aMasterThatChangesPlacesIsGivenUpThoughItIsAlive() throws Exception {
        // given
        RedisSentinels redis = closing(new RedisSentinels());
        Broker a = node(redis);
        Receiver receiver = receive(a);
        Publishing publishing = closing(new Publishing(a, CHANNEL, "m"));
        publish(a, "!");

        // when
        redis.changePlaces();

        // then
        Await.until("nobody is left", () -> clientNames(redis.server(0)).isEmpty());
        int count = publishing.finish();
        publish(a, "end");
        List<String> data = without(receiver.dataUpTo("end"), "!", "end");
        Failover.assertOnceOrLossTold(data, "m", count);
    }

    @Test
    void anIdleNodeLeavesAServerThatIsAMasterNoMore() throws Exception {
        // given
        RedisSentinels redis = closing(new RedisSentinels());
        Broker a = node(redis);
        receive(a);
        publish(a, "x");
        List<String> before = connections(redis, 0);

        // when: a change of which no connection learns by itself
        redis.command(
                0,
                Command.REPLICAOF,
                "127.0.0.1",
                String.valueOf(redis.server(1).port()));

        // then
        Await.until("it is left", () -> connections(redis, 0).stream().noneMatch(before::contains));
        assertEquals(3, before.size());
    }

    /** The numbers of the nodes' connections. */
    static List<String> connections(RedisSentinels redis, int server) {
        return new String((byte[]) redis.command(server, Command.CLIENT, "LIST"), UTF_8)
                .lines()
                .filter(line -> line.contains("name=siaran:"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @Test
    void aMasterThatIsPausedIsReplacedAndDisturbsNobodyWhenItGoesOn() throws Exception {
        // given
        RedisSentinels redis = closing(new RedisSentinels());
        Broker a = node(redis);
        Broker b = node(redis);
        Receiver atB = receive(b);
        Publishing publishing = closing(new Publishing(a, CHANNEL, "m"));
        publish(a, "!");

        // when: what was sent to the old master meanwhile is still carried out there
        redis.server(0).pause();
        publish(a, "!");
        redis.server(0).resume();
        int count = publishing.finish();
        publish(a, "end");

        // then
        Failover.assertOnceOrLossTold(without(atB.dataUpTo("end"), "!", "end"), "m", count);
        atB.assertNothingMore();
    }

    @Test
    void oneSentinelThatAnswersIsEnough() throws Exception {
        // given
        RedisSentinels redis = closing(new RedisSentinels());
        redis.sentinel(0).kill9();
        redis.sentinel(2).kill9();

        // when
        Broker a = node(redis, "siaran.redis.uri", "redis://127.0.0.1/3");
        Receiver receiver = receive(a);
        publish(a, "x");

        // then
        assertEquals(List.of("x"), receiver.data(1));
    }
}
