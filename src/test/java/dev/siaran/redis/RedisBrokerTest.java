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

/** The contract, on the server that this machine has, with no more rights than needed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisBrokerTest extends BrokerContractTest {

    private RedisServer server;
    private String uri;

    RedisServer startServer() throws Exception {
        return RedisServer.start();
    }

    /** The way to it, as the user that is documented. */
    String uri(RedisServer started) throws Exception {
        return RedisTest.documentedUser(started);
    }

    @BeforeAll
    void start() throws Exception {
        server = startServer();
        uri = uri(server);
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
        return open(Map.of("siaran.redis.uri", uri));
    }

    @Override
    protected Broker openForgetfulNode() {
        return open(Map.of("siaran.redis.uri", uri, "siaran.redis.history", "10"));
    }

    static Broker open(Map<String, String> settings) {
        return new RedisBrokerProvider().configure(Settings.of(settings)).get();
    }

    @Override
    protected int nodes() {
        return 2;
    }
}
