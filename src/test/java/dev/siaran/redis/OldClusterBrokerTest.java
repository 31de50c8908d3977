package dev.siaran.redis;

/** The same on Redis 6.2, whose announcements go to every server. */
class OldClusterBrokerTest extends ClusterBrokerTest {

    @Override
    RedisServer.Kind kind() {
        return RedisServer.Kind.EMBEDDED;
    }
}
