package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.broker.BufferBounds;
import dev.siaran.internal.broker.TlsStores;
import dev.siaran.internal.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

    private static RedisSettings read(String... keysAndValues) {
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return RedisSettings.read(Settings.of(values));
    }

    @Test
    void defaultsAreThoseThatAreDocumented() {
        var address = new RedisAddress("127.0.0.1", 6379, null, null, null, 0);
        assertEquals(
                new RedisSettings(
                        address,
                        RedisSettings.Mode.STREAM,
                        "siaran:",
                        1000,
                        Duration.ofHours(24),
                        Duration.ZERO,
                        4,
                        Duration.ofSeconds(2),
                        new BufferBounds(10_000, 16L << 20),
                        new Deployment(Deployment.Kind.SINGLE, "", List.of())),
                read());
    }

    @Test
    void aUriHasAllParts() {
        assertEquals(
                new RedisAddress(
                        "redis.example", 7000, new RedisTls(new TlsStores(null, null)), "app", "p@ss:/word", 5),
                read("siaran.redis.uri", "rediss://app:p%40ss:%2Fword@redis.example:7000/5")
                        .address());
        assertEquals(
                new RedisAddress("::1", 6379, null, null, "secret", 0),
                read("siaran.redis.uri", "redis://:secret@[::1]/").address());
    }

    @Test
    void aSocketsUriHasAllParts() {
        assertEquals(
                new RedisAddress("/run/redis 1.sock", 0, null, "app", "p@ss:/word", 5),
                read("siaran.redis.uri", "unix://app:p%40ss:%2Fword@/run/redis%201.sock?db=5")
                        .address());
        assertEquals(
                new RedisAddress("/run/redis.sock", 0, null, null, null, 0),
                read("siaran.redis.uri", "unix:///run/redis.sock").address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1",
                "127.0.0.1:6379",
                "redis://",
                "redis:///5",
                "redis://s3cret@host",
                "redis://:s3cret@host/x",
                "redis://:s3cret@host/0?timeout=5",
                "redis://:s3cret@host:port",
                "redis://:s3cret",
                "redis://user:s3cret",
                "redis://user:s3cret@",
                "redis://:s3@s3cret@host",
                "redis:s3cret@host",
                "redis:/user:s3cret@host",
                "//user:s3cret",
                "//user:s3cret@host",
                ":s3cret@host",
                "s3cret",
                "redis://user%3As3cret@",
                "redis://user:s3cret%@host",
                "redis://:s3cret[@host",
                "redis://user:s3cret@host/123456",
                "unix://s3cret@/run/redis.sock",
                "unix://:s3cret@host/run/redis.sock",
                "unix://:s3cret@/run/redis.sock?db=x",
                "unix://:s3cret@/run/redis.sock?password=s3cret",
                "unix:run/redis.sock"
            })
    void aUriThatIsNotUnderstoodIsRefusedWithoutItsPassword(String uri) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> read("siaran.redis.uri", uri));
        assertTrue(refusal.getMessage().contains("siaran.redis.uri"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
    }

    @Test
    void noSecretIsPrinted() {
        RedisSettings settings = read("siaran.redis.uri", "redis://app:s3cret@host");
        assertFalse(settings.toString().contains("s3cret"), settings::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "siaran.redis.history, 0",
        "siaran.redis.history, 1000001",
        "siaran.redis.history-ttl, 10ms",
        "siaran.redis.history-max-age, 0s",
        "siaran.redis.mode, both",
        "siaran.redis.pool, 0",
        "siaran.redis.timeout, 1ms",
        "siaran.publish-buffer, 0",
        "siaran.publish-buffer-bytes, 1"
    })
    void aValueOutOfRangeIsRefusedWithItsKey(String key, String value) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> read(key, value));
        assertTrue(refusal.getMessage().contains(key + " is \"" + value), refusal.getMessage());
    }

    @Test
    void keysOfAChannelShareAClusterSlot() {
        var keys = new Keys("siaran:");
        for (String channel : List.of("news", "}", "{}", "}{", "a{b}c", "%7D")) {
            assertEquals(hashTag(keys.log(channel)), hashTag(keys.sequences(channel)));
        }
        assertEquals("siaran:{news}", keys.log("news"));
        assertEquals(
                6,
                List.of("}", "%7D", "%257D", "{", "{}", "}{").stream()
                        .map(keys::log)
                        .distinct()
                        .count());
    }

    /** As a cluster takes it. */
    private static String hashTag(String key) {
        int open = key.indexOf('{');
        int close = key.indexOf('}', open + 1);
        return close > open + 1 ? key.substring(open + 1, close) : key;
    }
}
