package dev.siaran.redis;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.BufferBounds;
import dev.siaran.spi.BrokerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The keys of this broker, read once.
 *
 * @param address {@code siaran.redis.uri}
 * @param mode {@code siaran.redis.mode}: what is written to Redis
 * @param prefix {@code siaran.redis.prefix}: what every key and channel in Redis begins with
 * @param history {@code siaran.redis.history}: about how many messages of a channel are kept for replay
 * @param historyTtl {@code siaran.redis.history-ttl}: how long the history of a channel outlives its last message
 * @param historyMaxAge {@code siaran.redis.history-max-age}: how old a message may become there, zero for any age
 * @param pool {@code siaran.redis.pool}: the most connections for reading, besides one each to subscribe and to publish
 * @param timeout {@code siaran.redis.timeout}: the longest wait for a connection and for an answer
 * @param buffer {@code siaran.publish-buffer} and {@code siaran.publish-buffer-bytes}: how much waits for an absent server
 * @param deployment {@code siaran.redis.sentinel.*} and {@code siaran.redis.cluster.nodes}: where the servers are
 */
record RedisSettings(
        RedisAddress address,
        Mode mode,
        String prefix,
        int history,
        Duration historyTtl,
        Duration historyMaxAge,
        int pool,
        Duration timeout,
        BufferBounds buffer,
        Deployment deployment) {

    /** What is written to Redis. */
    enum Mode {
        /** Siaran's own form: each channel is a stream that every node can read again. */
        STREAM,
        /** The form of django-sse: nothing but PUBLISH. */
        PUBSUB
    }

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");
    private static final int MAX_PREFIX = 100;

    RedisSettings {
        if (prefix.length() > MAX_PREFIX || prefix.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("siaran.redis.prefix is \"" + prefix.replaceAll("\\p{Cntrl}", "?")
                    + "\"; allowed are at most " + MAX_PREFIX + " characters without control characters");
        }
    }

    static RedisSettings read(BrokerSettings settings) {
        RedisTls tls = RedisTls.read(settings);
        RedisAddress address = RedisAddress.read(settings, tls);
        String prefix = settings.text("siaran.redis.prefix").orElse("siaran:");
        Deployment deployment = Deployment.read(settings, address, prefix, tls);
        tls.check(deployment.usesTls(address));
        return new RedisSettings(
                address,
                Mode.valueOf(settings.choice("siaran.redis.mode", List.of("stream", "pubsub"))
                        .toUpperCase(Locale.ROOT)),
                prefix,
                settings.number("siaran.redis.history", 1000, 1, 1_000_000),
                settings.duration(
                        "siaran.redis.history-ttl", Duration.ofHours(24), Duration.ofSeconds(1), Duration.ofDays(365)),
                settings.duration(
                        "siaran.redis.history-max-age", Duration.ZERO, Duration.ofSeconds(1), Duration.ofDays(365)),
                settings.number("siaran.redis.pool", 4, 1, 64),
                settings.duration(
                        "siaran.redis.timeout", Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMinutes(1)),
                BufferBounds.read(settings),
                deployment);
    }

    /** Where the servers are, for people. */
    String where() {
        return switch (deployment.kind()) {
            case SINGLE -> address.toString();
            case SENTINEL -> "the master \"" + deployment.master() + "\" of sentinels " + deployment.nodes();
            case CLUSTER -> "cluster " + deployment.nodes();
        };
    }

    /** Tells the log of the outages of one of the servers. */
    Availability availability(String where, String node) {
        return new Availability(
                LOG, "Redis at " + where, deployment.key(), node, cause -> cause instanceof JedisDataException);
    }

    int timeoutMillis() {
        return (int) timeout.toMillis();
    }

    /** The longest that a healthy subscriber hears nothing: a canary comes once per timeout, so this is three. */
    Duration silence() {
        return timeout.multipliedBy(3);
    }
}
