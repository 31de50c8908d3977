package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** One server at a time: the one that a sentinel names. */
final class Sentinels implements Topology {

    private final Deployment deployment;
    private final RedisAddress login;
    private final Servers servers;
    private final ReentrantLock asking = new ReentrantLock();

    /** Written while asking. */
    private volatile @Nullable RedisAddress master;

    Sentinels(Deployment deployment, RedisAddress login, Servers servers) {
        this.deployment = deployment;
        this.login = login;
        this.servers = servers;
    }

    @Override
    public int shard(String key) {
        return 0;
    }

    @Override
    public RedisAddress master(int shard) {
        RedisAddress known = master;
        return known == null ? ask() : known;
    }

    @Override
    public void refresh() {
        ask();
    }

    @Override
    public String local(int shard, String name) {
        return name;
    }

    /** In any order: one that was cut off from the others, and is wrong, is not asked first each time. */
    private RedisAddress ask() {
        asking.lock();
        try {
            List<RedisAddress> inAnyOrder = new ArrayList<>(deployment.nodes());
            Collections.shuffle(inAnyOrder);
            List<String> failures = new ArrayList<>();
            for (RedisAddress sentinel : inAnyOrder) {
                try {
                    RedisAddress named = ask(sentinel);
                    if (!named.equals(master)) {
                        requireMaster(named);
                        master = named;
                        servers.retain(List.of(named));
                    }
                    return named;
                } catch (JedisException e) {
                    failures.add(sentinel + ": " + e.getMessage());
                }
            }
            throw new JedisConnectionException("no sentinel of " + Deployment.SENTINEL_NODES + " names the master \""
                    + deployment.master() + "\" (" + Deployment.SENTINEL_MASTER + "): " + failures);
        } finally {
            asking.unlock();
        }
    }

    /** Before all connections are cut for it: a sentinel may be told late, and name the old one. */
    private void requireMaster(RedisAddress named) {
        try (Connection connection = servers.at(named).query()) {
            Hello.requireMaster(connection);
        } catch (JedisException e) {
            throw new JedisException("it names " + named + ": " + e.getMessage(), e);
        }
    }

    private RedisAddress ask(RedisAddress sentinel) {
        try (Connection connection = servers.at(sentinel).query()) {
            connection.sendCommand(Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", deployment.master());
            if (connection.getOne() instanceof List<?> answer && answer.size() == 2) {
                String host = new String((byte[]) answer.get(0), UTF_8);
                return login.at(host, Integer.parseInt(new String((byte[]) answer.get(1), UTF_8)));
            }
            throw new JedisException("it knows no such master");
        }
    }
}
