package dev.siaran.redis;

/** The same with the oldest server that is supported, Redis 6.2. */
class EmbeddedRedisBrokerTest extends RedisBrokerTest {

    @Override
    RedisServer startServer() throws Exception {
        return RedisServer.start(RedisServer.Kind.EMBEDDED);
    }
}
