package dev.siaran.it.redis;

import dev.siaran.it.cluster.AbstractClusterIT;
import dev.siaran.redis.RedisServer;
import java.util.Map;
import java.util.TreeMap;

/** A Redis and two nodes, the same for every test of a class, and an audience for each test. */
abstract class AbstractRedisIT extends AbstractClusterIT {

    /** An outage must fit in what is kept, or a gap would be right. */
    static final Map<String, String> KEEPING_MUCH = Map.of(
            "siaran.broker", "redis",
            "siaran.log.max-events", "20000",
            "siaran.redis.history", "50000",
            "siaran.publish-buffer", "50000");

    private RedisServer redis;
    private RedisAdmin admin;

    /** Starts everything. */
    final void start(String heap, Map<String, String> keys) throws Exception {
        var all = new TreeMap<>(KEEPING_MUCH);
        all.putAll(keys);
        redis = closing(RedisAdmin.startWithDebug("--appendfsync", "always"));
        all.put("siaran.redis.uri", redis.uri());
        admin = new RedisAdmin(redis);
        startNodes(heap, all);
    }

    final RedisServer redis() {
        return redis;
    }

    final RedisAdmin admin() {
        return admin;
    }
}
