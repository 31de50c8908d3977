package dev.siaran.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;

/** A connection that is written by one thread while another reads. */
final class Link extends Connection {

    Link(JedisSocketFactory sockets, JedisClientConfig config) {
        super(sockets, config);
    }

    /** Sends what was only buffered. */
    void push() {
        flush();
    }
}
