package dev.siaran.redis;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Runs single commands on the server that keeps the key, waiting for the answer.
 *
 * <p>Safe for use by many threads.
 */
final class Reads {

    private static final int ATTEMPTS = 4;

    private final Topology topology;
    private final Servers servers;

    Reads(Topology topology, Servers servers) {
        this.topology = topology;
        this.servers = servers;
    }

    <T> T run(String key, CommandObject<T> command) {
        JedisDataException sentAway = new JedisDataException(key + ": no server keeps it");
        for (int i = 0; i < ATTEMPTS; i++) {
            try (Connection connection =
                    servers.at(topology.master(topology.shard(key))).reader()) {
                return connection.executeCommand(command);
            } catch (JedisAskDataException e) {
                return runAt(e.getTargetNode(), key, command);
            } catch (JedisMovedDataException e) {
                sentAway = e;
                topology.refresh();
            }
        }
        throw sentAway;
    }

    /** The slot is being moved, and this key has gone before. */
    private <T> T runAt(HostAndPort server, String key, CommandObject<T> command) {
        RedisAddress address = topology.master(topology.shard(key)).at(server.getHost(), server.getPort());
        try (Connection connection = servers.at(address).reader()) {
            connection.sendCommand(Command.ASKING);
            connection.getOne();
            return connection.executeCommand(command);
        }
    }
}
