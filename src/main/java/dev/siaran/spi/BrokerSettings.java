package dev.siaran.spi;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration as a broker sees it. Every method takes a full key such as {@code siaran.redis.uri} and throws
 * {@link IllegalArgumentException} with a message that names the key, the value and what is allowed.
 *
 * @since 0.1
 */
public interface BrokerSettings {

    /** The value, or empty if the key is absent or blank. */
    Optional<String> text(String key);

    /** One of the given words; the first is the default. */
    String choice(String key, List<String> allowed);

    /** A whole number between two bounds, both included. */
    int number(String key, int defaultValue, int min, int max);

    /** A size: a number with an optional unit {@code B}, {@code KiB}, {@code MiB} or {@code GiB}. */
    long bytes(String key, long defaultValue, long min, long max);

    /** A duration: {@code 500ms}, {@code 15s}, {@code 2m}, {@code 1h} or ISO-8601 such as {@code PT15S}. */
    Duration duration(String key, Duration defaultValue, Duration min, Duration max);

    /** An absolute URI with one of the given schemes. Messages about it show its scheme at most. */
    URI uri(String key, String defaultValue, List<String> schemes);
}
