package dev.siaran.redis;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerContractTest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Protocol.Command;

/** The contract, on the server that this machine has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisBrokerTest extends BrokerContractTest {

    private RedisServer server;

    RedisServer startServer() throws Exception {
        return RedisServer.start();
    }

    /** The way to it. */
    String uri(RedisServer started) {
        return started.uri();
    }

    @BeforeAll
    void start() throws Exception {
        server = startServer();
    }

    @BeforeEach
    void flush() {
        RedisTest.command(server, Command.FLUSHALL);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Override
    protected Broker openNode() {
        return open(Map.of("siaran.redis.uri", uri(server)));
    }

    @Override
    protected Broker openForgetfulNode() {
        return open(Map.of("siaran.redis.uri", uri(server), "siaran.redis.history", "10"));
    }

    static Broker open(Map<String, String> settings) {
        return new RedisBrokerProvider().configure(Settings.of(settings)).get();
    }

    @Override
    protected int nodes() {
        return 2;
    }
}
