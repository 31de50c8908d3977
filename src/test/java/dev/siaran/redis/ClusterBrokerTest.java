package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerContractTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Protocol.Command;

/** The contract on a cluster with no more rights than needed, whose announcements stay within their shard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterBrokerTest extends BrokerContractTest {

    private RedisCluster cluster;

    RedisServer.Kind kind() {
        return RedisServer.local();
    }

    @BeforeAll
    void start() throws Exception {
        cluster = new RedisCluster(kind(), false);
        for (int i = 0; i < RedisCluster.MASTERS; i++) {
            RedisTest.documentedUser(cluster.server(i));
            RedisTest.setUser(cluster.server(i), "+cluster");
            if (kind() != RedisServer.Kind.EMBEDDED) {
                RedisTest.setUser(cluster.server(i), "+ssubscribe");
            }
        }
    }

    @BeforeEach
    void flush() {
        cluster.flush();
    }

    @AfterAll
    void stop() throws Exception {
        try (RedisCluster closed = cluster) {
            for (int i = 0; i < RedisCluster.MASTERS; i++) {
                assertEquals(List.of(), closed.command(i, Command.ACL, "LOG"));
            }
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(cluster.settings());
        settings.put("siaran.redis.uri", "redis://siaran:secret@any");
        return settings;
    }

    @Override
    protected Broker openNode() {
        return RedisBrokerTest.open(settings());
    }

    @Override
    protected Broker openForgetfulNode() {
        Map<String, String> settings = settings();
        settings.put("siaran.redis.history", "10");
        return RedisBrokerTest.open(settings);
    }

    @Override
    protected int nodes() {
        return 2;
    }
}
