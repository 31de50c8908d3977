package dev.siaran.redis;

import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerContractTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract on a cluster, whose announcements stay within their shard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterBrokerTest extends BrokerContractTest {

    private RedisCluster cluster;

    RedisServer.Kind kind() {
        return RedisServer.local();
    }

    @BeforeAll
    void start() throws Exception {
        cluster = new RedisCluster(kind(), false);
    }

    @BeforeEach
    void flush() {
        cluster.flush();
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    RedisCluster cluster() {
        return cluster;
    }

    @Override
    protected Broker openNode() {
        return RedisBrokerTest.open(cluster.settings());
    }

    @Override
    protected Broker openForgetfulNode() {
        Map<String, String> settings = new HashMap<>(cluster.settings());
        settings.put("siaran.redis.history", "10");
        return RedisBrokerTest.open(settings);
    }

    @Override
    protected int nodes() {
        return 2;
    }
}
