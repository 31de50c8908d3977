package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.spi.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A master, its replica, and three sentinels that ask for a password; processes of this machine. */
public final class RedisSentinels implements AutoCloseable {

    static final String NAME = "mymaster";
    static final String PASSWORD = "s3ntinel";

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    public RedisSentinels() throws Exception {
        servers.add(RedisServer.start(RedisServer.local(), "--repl-diskless-sync-delay", "0"));
        servers.add(RedisServer.start(
                RedisServer.local(),
                "--repl-diskless-sync-delay",
                "0",
                "--replicaof",
                "127.0.0.1 " + servers.get(0).port()));
        Await.until("the replica has a copy", () -> info(1).contains("master_link_status:up"));
        Await.until("the master knows it", () -> info(0).contains("state=online"));
        for (int i = 0; i < 3; i++) {
            sentinels.add(RedisServer.startSentinel(
                    "sentinel monitor " + NAME + " 127.0.0.1 " + servers.get(0).port() + " 2",
                    "sentinel down-after-milliseconds " + NAME + " 1000",
                    "sentinel failover-timeout " + NAME + " 4000",
                    "sentinel sentinel-pass " + PASSWORD,
                    "requirepass " + PASSWORD));
        }
        for (RedisServer sentinel : sentinels) {
            Await.until("the sentinels know all", () -> {
                List<?> state = (List<?>) ask(sentinel, "MASTER", NAME);
                return value(state, "num-slaves").equals("1")
                        && value(state, "num-other-sentinels").equals("2");
            });
        }
    }

    private static String value(List<?> fields, String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (new String((byte[]) fields.get(i), UTF_8).equals(name)) {
                return new String((byte[]) fields.get(i + 1), UTF_8);
            }
        }
        return "";
    }

    private static Object ask(RedisServer sentinel, String... arguments) {
        var config = DefaultJedisClientConfig.builder()
                .serverDefaultProtocol()
                .password(PASSWORD)
                .build();
        try (var connection = new Connection(new HostAndPort("127.0.0.1", sentinel.port()), config)) {
            connection.sendCommand(Command.SENTINEL, arguments);
            return connection.getOne();
        }
    }

    /** The first master is 0, its replica 1. */
    public RedisServer server(int number) {
        return servers.get(number);
    }

    RedisServer sentinel(int number) {
        return sentinels.get(number);
    }

    /** The settings of a node. */
    public Map<String, String> settings() {
        List<String> uris = sentinels.stream()
                .map(sentinel -> "redis://:" + PASSWORD + "@127.0.0.1:" + sentinel.port())
                .toList();
        return Map.of("siaran.redis.sentinel.master", NAME, "siaran.redis.sentinel.nodes", String.join(",", uris));
    }

    /** Twice if need be: a sentinel cuts all connections to a server whose role it changes. */
    Object command(int number, Command command, String... arguments) {
        try {
            return commandOnce(number, command, arguments);
        } catch (JedisConnectionException e) {
            return commandOnce(number, command, arguments);
        }
    }

    private Object commandOnce(int number, Command command, String... arguments) {
        try (Connection connection = servers.get(number).connect()) {
            connection.sendCommand(command, arguments);
            return connection.getOne();
        }
    }

    String info(int number) {
        return new String((byte[]) command(number, Command.INFO), UTF_8);
    }

    /** Cuts the replica off, so that it comes back only as a master. */
    public void stopCopying() throws Exception {
        command(1, Command.CONFIG, "SET", "masterauth", "wrong");
        command(0, Command.CLIENT, "KILL", "TYPE", "replica");
        Await.until("it is cut off", () -> info(1).contains("master_link_status:down"));
    }

    /** Makes master and replica change places, both alive. */
    void changePlaces() throws Exception {
        ask(sentinels.get(0), "FAILOVER", NAME);
        Await.until("the places are changed", () -> info(0).contains("role:slave"));
    }

    @Override
    public void close() throws Exception {
        for (RedisServer sentinel : sentinels) {
            sentinel.close();
        }
        for (RedisServer server : servers) {
            server.close();
        }
    }
}
