package dev.siaran.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
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

    private static final CommandObject<List<String>> TIME =
            new CommandObject<>(new CommandArguments(Protocol.Command.TIME), BuilderFactory.STRING_LIST);

    private final CommandObjects commands = new CommandObjects(RedisProtocol.RESP2);
    private final Reads reads;
    private final Keys keys;

    ChannelLog(Reads reads, Keys keys) {
        this.reads = reads;
        this.keys = keys;
    }

    /** The id of the newest entry, empty if there is none. */
    String tail(String channel) {
        String key = keys.log(channel);
        List<StreamEntry> newest = reads.run(key, commands.xrevrange(key, "+", "-", 1));
        return newest.isEmpty() ? "" : newest.get(0).getID().toString();
    }

    /** The id of the newest entry that was added before a time, in the milliseconds of {@link #millis}; empty if there is none. */
    String tail(String channel, long beforeMillis) {
        String key = keys.log(channel);
        List<StreamEntry> newest = reads.run(key, commands.xrevrange(key, Long.toString(beforeMillis - 1), "-", 1));
        return newest.isEmpty() ? "" : newest.get(0).getID().toString();
    }

    /** The time by the clock of the channel's server, which the ids are made of. */
    long millis(String channel) {
        List<String> time = reads.run(keys.log(channel), TIME);
        return TimeUnit.SECONDS.toMillis(Long.parseLong(time.get(0))) + Long.parseLong(time.get(1)) / 1000;
    }

    /**
     * The entries after one id up to and including another, oldest first.
     *
     * @param after empty for the beginning
     * @param through empty for the end
     * @param limit at least 1; there are no more than {@value #PAGE} in the answer
     */
    List<Entry> range(String channel, String after, String through, int limit) {
        String key = keys.log(channel);
        List<StreamEntry> page = reads.run(
                key,
                commands.xrange(
                        key,
                        after.isEmpty() ? "-" : '(' + after,
                        through.isEmpty() ? "+" : through,
                        Math.min(limit, PAGE)));
        List<Entry> entries = new ArrayList<>(page.size());
        for (StreamEntry entry : page) {
            entries.add(Entry.ofFields(channel, entry.getID().toString(), entry.getFields()));
        }
        return entries;
    }

    /** A value that stays the same for as long as the server that has this key keeps its data. */
    Epoch epoch(String key) {
        String value = reads.run(key, commands.get(key));
        if (value == null) {
            var ifMissing = SetParams.setParams().nx();
            reads.run(key, commands.set(key, UUID.randomUUID().toString(), ifMissing));
            value = String.valueOf(reads.run(key, commands.get(key)));
        }
        return new Epoch(key, value);
    }

    boolean contains(String channel, String id) {
        String key = keys.log(channel);
        return !reads.run(key, commands.xrange(key, id, id, 1)).isEmpty();
    }
}
