package dev.siaran.redis;

import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Which server keeps what. This is all that differs between one server, one behind sentinels, and a cluster.
 *
 * <p>Implementations are safe for use by many threads.
 */
interface Topology {

    /** The part of the data that has this key; 0 where there is but one, or as long as nothing is known. Does not block. */
    int shard(String key);

    /**
     * The master of a shard, as last known; blocks only if nothing is known yet.
     *
     * @throws JedisConnectionException if there is nobody who knows
     */
    RedisAddress master(int shard);

    /**
     * Asks anew; for those who have lost a connection or were sent elsewhere. Connections to servers that are masters no
     * more are cut.
     *
     * @throws JedisConnectionException if there is nobody who knows
     */
    void refresh();

    /** A name that begins with this one and that the shard keeps. */
    String local(int shard, String name);

    /** One server, always the same. */
    static Topology single(RedisAddress address) {
        return new Topology() {
            @Override
            public int shard(String key) {
                return 0;
            }

            @Override
            public RedisAddress master(int shard) {
                return address;
            }

            @Override
            public void refresh() {}

            @Override
            public String local(int shard, String name) {
                return name;
            }
        };
    }
}
