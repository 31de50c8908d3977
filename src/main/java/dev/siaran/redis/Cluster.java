package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Many masters, each with a share of the slots, as {@code CLUSTER SLOTS} of any of them says. */
final class Cluster implements Topology {

    private static final Pattern EPOCH = Pattern.compile("cluster_current_epoch:([0-9]{1,18})");

    private final Deployment deployment;
    private final Servers servers;
    private final Runnable changed;
    private final ReentrantLock asking = new ReentrantLock();

    // Written while asking.
    private volatile @Nullable SlotMap map;
    private volatile long asked;

    /** How far the cluster's decisions had come by the newest answer. Used while asking. */
    private long epoch;

    /** @param changed called while asking, after slots have got another owner; must not block */
    Cluster(Deployment deployment, Servers servers, Runnable changed) {
        this.deployment = deployment;
        this.servers = servers;
        this.changed = changed;
    }

    @Override
    public int shard(String key) {
        SlotMap known = map;
        return known == null ? 0 : known.shard(key);
    }

    @Override
    public RedisAddress master(int shard) {
        return known().master(shard);
    }

    @Override
    public String local(int shard, String name) {
        SlotMap known = known();
        for (int i = 0; i < 100 * SlotMap.SLOTS; i++) {
            String local = name + ":{" + i + '}';
            if (known.shard(local) == shard) {
                return local;
            }
        }
        return name; // a shard without slots: whoever asks is sent on
    }

    private SlotMap known() {
        SlotMap known = map;
        return known == null ? ask() : known;
    }

    @Override
    public void refresh() {
        ask();
    }

    /** One asks for all who have come meanwhile: every shard may have lost its connections at the same time. */
    private SlotMap ask() {
        long came = System.nanoTime();
        asking.lock();
        try {
            SlotMap before = map;
            if (before != null && asked - came > 0) {
                return before;
            }
            asked = System.nanoTime();
            SlotMap now = askAny(before);
            if (!now.isSameAs(before)) {
                map = now;
                servers.retain(now.masters());
                changed.run();
            }
            return now;
        } finally {
            asking.unlock();
        }
    }

    /** In any order: one that is cut off, or slow to refuse, is not asked first each time. */
    private SlotMap askAny(@Nullable SlotMap before) {
        Set<RedisAddress> all = new LinkedHashSet<>(deployment.nodes());
        if (before != null) {
            all.addAll(before.masters());
        }
        List<RedisAddress> inAnyOrder = new ArrayList<>(all);
        Collections.shuffle(inAnyOrder);
        List<String> failures = new ArrayList<>();
        for (RedisAddress server : inAnyOrder) {
            try (Connection connection = servers.at(server).query()) {
                connection.sendCommand(Command.CLUSTER, "INFO");
                long decided = epoch(new String((byte[]) connection.getOne(), UTF_8));
                connection.sendCommand(Command.CLUSTER, "SLOTS");
                List<SlotMap.Range> ranges = ranges(server, (List<?>) connection.getOne());
                if (decided >= epoch && !ranges.isEmpty()) {
                    epoch = decided;
                    return new SlotMap(ranges, before);
                }
                failures.add(
                        server + (ranges.isEmpty() ? ": it knows of no slots" : ": it knows less than others did"));
            } catch (JedisException e) {
                failures.add(server + ": " + e.getMessage());
            }
        }
        epoch = 0; // a cluster that was set up anew counts from the beginning
        throw new JedisConnectionException(
                "no server of " + Deployment.CLUSTER_NODES + " tells who owns the slots: " + failures);
    }

    /** A master that comes back knows itself as one until the others have told it. */
    private static long epoch(String info) {
        Matcher matcher = EPOCH.matcher(info);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static List<SlotMap.Range> ranges(RedisAddress asked, List<?> answer) {
        List<SlotMap.Range> ranges = new ArrayList<>();
        for (Object element : answer) {
            List<?> range = (List<?>) element;
            List<?> owner = (List<?>) range.get(2);
            int from = ((Long) range.get(0)).intValue();
            int through = ((Long) range.get(1)).intValue();
            ranges.add(new SlotMap.Range(from, through, address(asked, owner)));
        }
        return ranges;
    }

    /** A server that does not know its own address is at the one where it was asked. */
    private static RedisAddress address(RedisAddress asked, List<?> owner) {
        String host = owner.get(0) instanceof byte[] bytes ? new String(bytes, UTF_8) : "";
        return asked.at(host.isEmpty() || host.equals("?") ? asked.host() : host, ((Long) owner.get(1)).intValue());
    }
}
