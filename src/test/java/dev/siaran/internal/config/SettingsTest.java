package dev.siaran.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void everythingHasADefault() {
        SiaranConfig config = SiaranConfig.read(Settings.of(Map.of()));

        assertEquals("memory", config.broker());
        assertEquals("sse", config.defaultChannel());
        assertEquals(Duration.ofSeconds(2), config.stream().retry());
        assertEquals(Duration.ofSeconds(15), config.stream().heartbeat());
        assertEquals(Duration.ofSeconds(30), config.stream().maxLag());
        assertEquals(SiaranConfig.Transport.AUTO, config.stream().transport());
        assertEquals(1024, config.log().maxEvents());
        assertEquals(Duration.ofSeconds(30), config.log().minAge());
        assertEquals(4L << 20, config.log().maxBytes());
        assertEquals(new SiaranConfig.Limits(20_000, 1000, 100, 50, 100, 64, 256 * 1024), config.limits());
        assertEquals(
                SiaranConfig.ForwardingHeader.X_FORWARDED_FOR, config.proxies().header());
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "15s,15000", "2m,120000", "1h,3600000", "PT1.5S,1500", "' 3 s ',3000"})
    void durationsAreReadInEveryForm(String text, long millis) {
        assertEquals(
                Duration.ofMillis(millis),
                Settings.of(Map.of("k", text)).duration("k", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({"1024,1024", "64KiB,65536", "4MiB,4194304", "1 GiB,1073741824", "7B,7"})
    void sizesAreReadInEveryForm(String text, long bytes) {
        assertEquals(bytes, Settings.of(Map.of("k", text)).bytes("k", 0, 0, 1L << 40));
    }

    @ParameterizedTest
    @CsvSource({
        "siaran.retry, -5, 'siaran.retry is \"-5\"; allowed is a duration from 1ms to 24h, such as 500ms, 15s, 2m or PT15S'",
        "siaran.retry, 0s, 'siaran.retry is \"0s\"; allowed is a duration from 1ms to 24h, such as 500ms, 15s, 2m or PT15S'",
        "siaran.transport, carrier, 'siaran.transport is \"carrier\"; allowed is one of auto, servlet, blocking, sink'",
        "siaran.shards, 0, 'siaran.shards is \"0\"; allowed is a whole number from 1 to 256'",
        "siaran.max-streams, -1, 'siaran.max-streams is \"-1\"; allowed is a whole number from 0 to 10000000'",
        "siaran.forwarded-header, via, 'siaran.forwarded-header is \"via\"; allowed is one of x-forwarded-for, forwarded'",
        "siaran.max-channels-per-stream, 101, 'siaran.max-channels-per-stream is \"101\"; allowed is a whole number from 1 to 100'",
        "siaran.shards, many, 'siaran.shards is \"many\"; allowed is a whole number from 1 to 256'",
        "siaran.log.max-bytes, 1XB, 'siaran.log.max-bytes is \"1XB\"; allowed is a size from 1024 to 1073741824 bytes, such as 65536, 64KiB or 4MiB'"
    })
    void aBadValueIsRefusedWithKeyValueAndWhatIsAllowed(String key, String value, String message) {
        Settings settings = Settings.of(Map.of(key, value));

        var refused = assertThrows(IllegalArgumentException.class, () -> SiaranConfig.read(settings));

        assertEquals(message, refused.getMessage());
    }

    @Test
    void aUriIsTakenWithAnAllowedScheme() {
        Settings settings = Settings.of(Map.of("k", "redis://user:secret@host:1/2"));

        assertEquals(URI.create("redis://user:secret@host:1/2"), settings.uri("k", "", List.of("redis", "rediss")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://x, http://***",
        "redis://, redis://",
        "REDIS://, REDIS://",
        "redis:, ***",
        "redis, ***",
        "'redis://u:secret@h h', redis://***",
        "u:secret@host, ***",
        "http://u:se@cret@host, http://***",
        "ftp://host?password=secret, ftp://***",
        "redis://:secret, redis://***",
        "redis://:sec@r@et, redis://***",
        "redis://user:secret, redis://***",
        "redis://user:secret/, redis://***",
        "redis://user:sec%ret@host, redis://***",
        "redis://user%3Asecret, redis://***",
        "redis://user:secret@, redis://***",
        "redis:secret@host, ***",
        "http:/user:secret@host, ***",
        "redis:user:secret, ***",
        "redis+tls://secret@host, redis+tls://***",
        "//user:secret, ***",
        "//user:secret@host, ***",
        "://:secret@host, ***",
        ":secret, ***",
        "'redis ://:secret@host', ***",
        "'\"redis://:secret@host\"', ***",
        "secret://0, secret://***",
        "s3cret://0, ***",
        "u:secret://host, ***"
    })
    void aRefusedUriShowsItsSchemeAtMost(String value, String shown) {
        Settings settings = Settings.of(Map.of("siaran.redis.uri", value));

        var refused = assertThrows(
                IllegalArgumentException.class, () -> settings.uri("siaran.redis.uri", "", List.of("redis", "rediss")));

        assertEquals(
                "siaran.redis.uri is \"" + shown
                        + "\"; allowed is a URI that begins with redis:// or rediss://, and names a server",
                refused.getMessage());
    }
}
