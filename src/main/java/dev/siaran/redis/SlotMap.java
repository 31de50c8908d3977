package dev.siaran.redis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Who owns which slots, at one time. Each master has a number, the shard. It stays with the master, and goes to the server
 * that takes over the slots of one that has none any more: after a failover a channel is in the shard that it was in.
 */
final class SlotMap {

    static final int SLOTS = 16_384;

    /**
     * Slots that one master owns.
     *
     * @param from the first
     * @param through the last
     */
    record Range(int from, int through, RedisAddress owner) {}

    private final @Nullable RedisAddress[] owners = new RedisAddress[SLOTS];
    private final Map<RedisAddress, Integer> shards = new LinkedHashMap<>();

    SlotMap(List<Range> ranges, @Nullable SlotMap before) {
        for (Range range : ranges) {
            for (int slot = range.from(); slot <= range.through(); slot++) {
                owners[slot] = range.owner();
            }
        }
        if (before != null) {
            before.shards.forEach(this::keep);
            before.shards.forEach((owner, shard) -> inherit(before, owner, shard));
        }
        for (Range range : ranges) {
            if (!shards.containsKey(range.owner())) {
                int shard = 0;
                while (shards.containsValue(shard)) {
                    shard++;
                }
                shards.put(range.owner(), shard);
            }
        }
    }

    private void keep(RedisAddress owner, int shard) {
        if (owns(owner)) {
            shards.put(owner, shard);
        }
    }

    private void inherit(SlotMap before, RedisAddress owner, int shard) {
        if (owns(owner)) {
            return;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            RedisAddress heir = owners[slot];
            if (heir != null && owner.equals(before.owners[slot]) && !shards.containsKey(heir)) {
                shards.put(heir, shard);
                return;
            }
        }
    }

    private boolean owns(RedisAddress address) {
        for (RedisAddress owner : owners) {
            if (address.equals(owner)) {
                return true;
            }
        }
        return false;
    }

    static int slot(String key) {
        return JedisClusterCRC16.getSlot(key);
    }

    /** The shard of a key; 0 if nobody owns its slot. */
    int shard(String key) {
        RedisAddress owner = owners[slot(key)];
        return owner == null ? 0 : shards.getOrDefault(owner, 0);
    }

    /** The master of a shard; of one that is gone, any: it sends the asker on. */
    RedisAddress master(int shard) {
        for (Map.Entry<RedisAddress, Integer> entry : shards.entrySet()) {
            if (entry.getValue() == shard) {
                return entry.getKey();
            }
        }
        return masters().get(0);
    }

    /** By slots; never empty in a cluster that has been set up. */
    List<RedisAddress> masters() {
        return List.copyOf(shards.keySet());
    }

    boolean isSameAs(@Nullable SlotMap other) {
        return other != null && java.util.Arrays.equals(owners, other.owners);
    }
}
