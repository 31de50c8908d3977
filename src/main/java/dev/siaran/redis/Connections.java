package dev.siaran.redis;

import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.PooledConnectionProvider;

/**
 * Makes the connections of a node: one to subscribe, one to publish, and a pool to read with. Each carries a name that
 * {@code CLIENT LIST} shows. All speak RESP2, which a subscribed connection of Jedis needs.
 *
 * <p>Safe for use by many threads.
 */
final class Connections implements AutoCloseable {

    private final RedisSettings settings;
    private final String node;
    private final Sockets sockets;
    private final UnifiedJedis pool;

    Connections(RedisSettings settings, String node) {
        this.settings = settings;
        this.node = node;
        this.sockets = new Sockets(settings.address(), settings.timeoutMillis());
        this.pool = openPool();
    }

    /** A new connection, on which a read fails after {@link RedisSettings#silence}. */
    Connection subscriber() {
        return new Connection(sockets, config("sub"));
    }

    Connection publisher() {
        return new Connection(sockets, config("pub"));
    }

    /** Does not connect until it is used. */
    UnifiedJedis pool() {
        return pool;
    }

    private UnifiedJedis openPool() {
        var bounds = new GenericObjectPoolConfig<Connection>();
        bounds.setMaxTotal(settings.pool());
        bounds.setMaxIdle(settings.pool());
        bounds.setMaxWait(settings.timeout().plus(Duration.ofSeconds(1)));
        bounds.setTestOnBorrow(true); // instead of a thread that tests idle ones
        bounds.setJmxEnabled(false);
        JedisClientConfig config = config("pool");
        return RedisClient.builder()
                .clientConfig(config)
                .connectionProvider(new PooledConnectionProvider(new ConnectionFactory(sockets, config), bounds))
                .build();
    }

    private JedisClientConfig config(String role) {
        RedisAddress address = settings.address();
        return DefaultJedisClientConfig.builder()
                .serverDefaultProtocol()
                .timeoutMillis(settings.timeoutMillis())
                .blockingSocketTimeoutMillis((int) settings.silence().toMillis())
                .user(address.user())
                .password(address.password())
                .database(address.database())
                .clientName("siaran:" + node + ':' + role)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
    }

    /** Ends whatever any thread is doing with a connection. */
    @Override
    public void close() {
        sockets.close();
        pool.close();
    }
}
