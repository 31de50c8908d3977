package dev.siaran.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The open connections of one publisher: one, but for the time in which slots are being moved. All are given up together.
 * Used by one thread.
 */
final class PublishLinks implements AutoCloseable {

    private final Servers servers;
    private final Topology topology;
    private final Consumer<Connection> check;
    private final Map<RedisAddress, Connection> open = new HashMap<>();

    PublishLinks(Servers servers, Topology topology, Consumer<Connection> check) {
        this.servers = servers;
        this.topology = topology;
        this.check = check;
    }

    /** The server to which a key belongs. */
    RedisAddress keeping(String key) {
        lookAgain();
        return topology.master(topology.shard(key));
    }

    /** While nothing is open: the server may be another one by now. */
    private void lookAgain() {
        if (open.isEmpty()) {
            topology.refresh();
        }
    }

    /** The server of a shard. */
    RedisAddress master(int shard) {
        lookAgain();
        return topology.master(shard);
    }

    /** A server, proved to be a master still. */
    Connection proved(RedisAddress address) {
        Connection connection = to(address);
        try {
            check.accept(connection);
        } catch (JedisException e) {
            servers.giveUp(address); // what listens and reads there would go on without a word
            throw e;
        }
        return connection;
    }

    /** A server like this one, at another address. */
    RedisAddress named(RedisAddress like, HostAndPort server) {
        return like.at(server.getHost(), server.getPort());
    }

    Connection to(RedisAddress address) {
        Connection known = open.get(address);
        if (known != null) {
            return known;
        }
        Connection opened = servers.at(address).publisher();
        open.put(address, opened);
        return opened;
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    @Override
    public void close() {
        for (Connection connection : open.values()) {
            try {
                connection.close();
            } catch (JedisConnectionException e) {
                // It was broken before.
            }
        }
        open.clear();
    }
}
