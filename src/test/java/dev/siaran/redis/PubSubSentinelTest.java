package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Receiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** The mode without history, when the master that sentinels watch fails. */
class PubSubSentinelTest extends RedisTest {

    private Broker node(RedisSentinels redis) {
        Map<String, String> settings = new HashMap<>(redis.settings());
        return open(settings, "siaran.redis.timeout", "300ms", "siaran.redis.mode", "pubsub");
    }

    @Test
    void aMasterThatIsKilledIsReplacedAndTheLossTold() throws Exception {
        // given
        RedisSentinels redis = closing(new RedisSentinels());
        Broker a = node(redis);
        Receiver atA = receive(a);
        Receiver atB = receive(node(redis));
        publish(a, "before");
        assertEquals(List.of("before"), atA.data(1));
        assertEquals(List.of("before"), atB.data(1));

        // when
        redis.server(0).kill9();

        // then
        assertEquals(List.of(Receiver.LOST), atA.data(1));
        assertEquals(List.of(Receiver.LOST), atB.data(1));
        publish(a, "after");
        assertEquals(List.of("after"), atA.data(1));
        assertEquals(List.of("after"), atB.data(1));
    }

    @Test
    void aServerThatIsAMasterNoMoreIsLeftThoughItTakesEveryMessage() throws Exception {
        // given
        RedisSentinels redis = closing(new RedisSentinels());
        Broker a = node(redis);
        receive(a);
        publish(a, "x");
        List<String> before = SentinelFaultTest.connections(redis, 0);

        // when: a change of which no connection learns by itself
        redis.command(
                0,
                Command.REPLICAOF,
                "127.0.0.1",
                String.valueOf(redis.server(1).port()));

        // then
        Await.until(
                "it is left",
                () -> SentinelFaultTest.connections(redis, 0).stream().noneMatch(before::contains));
        assertEquals(2, before.size());
    }
}
