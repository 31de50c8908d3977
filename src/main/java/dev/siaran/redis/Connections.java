package dev.siaran.redis;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Makes the connections of a node to one server: one to subscribe, one to publish, and a pool to read with. Each carries a name that
 * {@code CLIENT LIST} shows. All speak RESP2, which a subscribed connection of Jedis needs.
 *
 * <p>Safe for use by many threads.
 */
final class Connections implements AutoCloseable {

    private final RedisSettings settings;
    private final RedisAddress address;
    private final String node;
    private final Consumer<Connection> check;
    private final Sockets sockets;
    private final ConnectionPool pool;

    /** @param check what each connection has to stand, except {@link #query} */
    Connections(RedisSettings settings, RedisAddress address, String node, Consumer<Connection> check) {
        this.settings = settings;
        this.address = address;
        this.node = node;
        this.check = check;
        this.sockets = new Sockets(address, settings.timeoutMillis());
        this.pool = openPool();
    }

    /** A new connection, on which a read fails after {@link RedisSettings#silence}. */
    Link subscriber() {
        return checked(new Link(sockets, config("sub")));
    }

    Connection publisher() {
        return checked(new Connection(sockets, config("pub")));
    }

    /** A connection that only asks for other servers. */
    Connection query() {
        return new Connection(sockets, config("ask"));
    }

    /** A connection of the pool, which goes back there when it is closed. */
    Connection reader() {
        return pool.getResource();
    }

    private <T extends Connection> T checked(T connection) {
        try {
            check.accept(connection);
            return connection;
        } catch (JedisException e) {
            connection.close();
            throw new JedisConnectionException("no use of " + address + ": " + e.getMessage(), e);
        }
    }

    private ConnectionPool openPool() {
        var bounds = new GenericObjectPoolConfig<Connection>();
        bounds.setMaxTotal(settings.pool());
        bounds.setMaxIdle(settings.pool());
        bounds.setMaxWait(settings.timeout().plus(Duration.ofSeconds(1)));
        bounds.setTestOnBorrow(true); // instead of a thread that tests idle ones
        bounds.setJmxEnabled(false);
        var factory = new ConnectionFactory(sockets, config("pool")) {
            @Override
            public PooledObject<Connection> makeObject() throws Exception {
                PooledObject<Connection> made = super.makeObject();
                checked(made.getObject());
                return made;
            }
        };
        return new ConnectionPool(factory, bounds);
    }

    private JedisClientConfig config(String role) {
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
