package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * What a server says of itself. It is asked with {@code HELLO}, which no ACL forbids.
 *
 * @param version its first number
 * @param cluster whether it is part of a cluster
 * @param role {@code master} or {@code replica}
 */
record Hello(int version, boolean cluster, String role) {

    static Hello of(Connection connection) {
        connection.sendCommand(Command.HELLO);
        List<?> answer = (List<?>) connection.getOne();
        return new Hello(
                Integer.parseInt(field(answer, "version").replaceAll("\\D.*", "")),
                field(answer, "mode").equals("cluster"),
                field(answer, "role"));
    }

    private static String field(List<?> answer, String name) {
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            if (answer.get(i) instanceof byte[] key
                    && new String(key, UTF_8).equals(name)
                    && answer.get(i + 1) instanceof byte[] value) {
                return new String(value, UTF_8);
            }
        }
        return "";
    }

    /** Whether a channel's announcements stay within its shard. */
    boolean hasShardedChannels() {
        return cluster && version >= 7;
    }

    /** Whoever named the server may have been told late: a replica would take no message, and lag behind. */
    static void requireMaster(Connection connection) {
        String role = of(connection).role();
        if (!role.equals("master")) {
            throw new JedisConnectionException("it is a " + role + ", not the master");
        }
    }
}
