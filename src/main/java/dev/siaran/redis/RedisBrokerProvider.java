package dev.siaran.redis;

import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerProvider;
import dev.siaran.spi.BrokerSettings;
import java.util.function.Supplier;

/**
 * The broker for many nodes over Redis 6.2 or newer: {@code siaran.broker=redis}. Needs {@code redis.clients:jedis} 8.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class RedisBrokerProvider implements BrokerProvider {

    /** A class that came with the version that is needed. */
    private static final String CLIENT = "redis.clients.jedis.RedisClient";

    /** For {@link java.util.ServiceLoader}. */
    public RedisBrokerProvider() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Supplier<Broker> configure(BrokerSettings settings) {
        requireJedis();
        RedisSettings read = RedisSettings.read(settings);
        return switch (read.mode()) {
            case STREAM -> () -> RedisBroker.open(read);
            case PUBSUB -> () -> PubSubBroker.open(read);
        };
    }

    private static void requireJedis() {
        try {
            Class.forName(CLIENT, false, RedisBrokerProvider.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(
                    "siaran.broker is \"redis\", which needs the library redis.clients:jedis, version 8, in the application",
                    e);
        }
    }
}
