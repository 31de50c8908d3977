package dev.siaran.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Reads the logs of channels, waiting for the answers.
 *
 * <p>Safe for use by many threads.
 */
final class ChannelLog {

    /** The most entries that one command reads, so that no single answer holds up the server or fills the memory. */
    static final int PAGE = 500;

    private final UnifiedJedis redis;
    private final Keys keys;

    ChannelLog(UnifiedJedis redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** The id of the newest entry, empty if there is none. */
    String tail(String channel) {
        List<StreamEntry> newest = redis.xrevrange(keys.log(channel), "+", "-", 1);
        return newest.isEmpty() ? "" : newest.get(0).getID().toString();
    }

    /**
     * The entries after one id up to and including another, oldest first.
     *
     * @param after empty for the beginning
     * @param through empty for the end
     * @param limit at least 1; there are no more than {@value #PAGE} in the answer
     */
    List<Entry> range(String channel, String after, String through, int limit) {
        List<StreamEntry> page = redis.xrange(
                keys.log(channel),
                after.isEmpty() ? "-" : '(' + after,
                through.isEmpty() ? "+" : through,
                Math.min(limit, PAGE));
        List<Entry> entries = new ArrayList<>(page.size());
        for (StreamEntry entry : page) {
            entries.add(Entry.ofFields(channel, entry.getID().toString(), entry.getFields()));
        }
        return entries;
    }

    /** A value that stays the same for as long as the server keeps its data. */
    String epoch() {
        String epoch = redis.get(keys.epoch());
        if (epoch != null) {
            return epoch;
        }
        redis.set(
                keys.epoch(),
                UUID.randomUUID().toString(),
                SetParams.setParams().nx());
        return String.valueOf(redis.get(keys.epoch()));
    }

    boolean contains(String channel, String id) {
        return !redis.xrange(keys.log(channel), id, id, 1).isEmpty();
    }
}
