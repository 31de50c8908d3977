package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Broker;
import dev.siaran.spi.DeliveryContractTest;
import dev.siaran.spi.Receiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Protocol.Command;

/** The contract without shared ids, on a cluster, where all nodes meet at one server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PubSubClusterTest extends DeliveryContractTest {

    private RedisCluster cluster;

    @BeforeAll
    void start() throws Exception {
        cluster = new RedisCluster(RedisServer.local(), false);
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            RedisTest.documentedUser(
                    cluster.server(i),
                    "allchannels",
                    "-@all",
                    "+client|setname",
                    "+ping",
                    "+subscribe",
                    "+unsubscribe",
                    "+publish",
                    "+cluster|slots",
                    "+cluster|info");
        }
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    @Override
    protected Broker openNode() {
        Map<String, String> settings = new HashMap<>(cluster.settings());
        settings.put("siaran.redis.uri", "redis://siaran:secret@any");
        settings.put("siaran.redis.mode", "pubsub");
        return RedisBrokerTest.open(settings);
    }

    @Override
    protected int nodes() {
        return 2;
    }

    @Test
    void whatIsPublishedAtAnyServerArrives() throws Exception {
        try (Broker broker = openNode()) {
            var receiver = new Receiver();
            broker.subscribe("sse", receiver);
            receiver.awaitLive();
            for (int i = 0; i < RedisCluster.MASTERS; i++) {
                // when
                cluster.command(i, Command.PUBLISH, "sse", "[\"e\", \"at " + i + "\"]");

                // then
                assertEquals(List.of("at " + i), receiver.data(1));
            }
        }
    }

    @Test
    void allNodesAreAtTheServerWithTheSlotOfTheEpoch() throws Exception {
        try (Broker a = openNode();
                Broker b = openNode()) {
            for (Broker each : List.of(a, b)) {
                var receiver = new Receiver();
                each.subscribe("sse", receiver);
                receiver.awaitLive();
            }
            int slot = SlotMap.slot("siaran:epoch");
            for (int i = 0; i < RedisCluster.MASTERS; i++) {
                boolean owner = slot * RedisCluster.MASTERS / SlotMap.SLOTS == i;
                List<String> names = RedisTest.clientNames(cluster.server(i));
                long listening =
                        names.stream().filter(name -> name.endsWith(":sub")).count();
                assertEquals(owner ? 2 : 0, listening, () -> "as of " + names);
                assertTrue(owner || names.stream().noneMatch(name -> name.endsWith(":pub")), names::toString);
            }
        }
    }
}
