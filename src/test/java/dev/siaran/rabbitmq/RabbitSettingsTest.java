package dev.siaran.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.broker.BufferBounds;
import dev.siaran.internal.broker.TlsStores;
import dev.siaran.internal.config.Settings;
import dev.siaran.rabbitmq.RabbitAddress.Server;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitSettingsTest {

    private static RabbitSettings read(String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return RabbitSettings.read(Settings.of(values));
    }

    private static RabbitAddress address(String uri) {
        return read("siaran.rabbitmq.uri", uri).address();
    }

    @Test
    void defaultsAreThoseThatAreDocumented() {
        assertEquals(
                new RabbitSettings(
                        new RabbitAddress(List.of(new Server("127.0.0.1", 5672)), false, "guest", "guest", "/"),
                        new TlsStores(null, null),
                        "siaran",
                        256L << 20,
                        Duration.ofHours(24),
                        Duration.ofSeconds(2),
                        new BufferBounds(10_000, 16L << 20)),
                read());
    }

    @Test
    void aUriHasAllParts() {
        assertEquals(
                new RabbitAddress(List.of(new Server("rabbit.example", 7000)), true, "app", "p@ss:/word", "a/b"),
                address("amqps://app:p%40ss:%2Fword@rabbit.example:7000/a%2Fb"));
        assertEquals(
                new RabbitAddress(List.of(new Server("::1", 5671)), true, "guest", "guest", "/"),
                address("amqps://[::1]"));
        assertEquals("/", address("amqp://rabbit.example/").virtualHost());
        assertEquals("/", address("amqp://rabbit.example/%2F").virtualHost());
    }

    @Test
    void aUriMayHaveTheHostsOfACluster() {
        RabbitAddress address = address("amqps://app:a%2Cb,c@one, two:7000,[::1]/orders");
        assertEquals(
                List.of(new Server("one", 5671), new Server("two", 7000), new Server("::1", 5671)), address.servers());
        assertEquals("a,b,c", address.password());
        assertEquals("orders", address.virtualHost());
        assertEquals("one:5671, two:7000, [::1]:5671 (virtual host orders)", address.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amqp://app:s3cret@host/a/b",
                "amqp://app:s3cret@host/?x=y",
                "amqp://s3cret@host",
                "amqp://:s3cret@host",
                "amqp:///nowhere",
                "amqp://app:s3cret@host,",
                "amqp://app:s3cret@,host",
                "amqp://app:s3cret@one;two",
                "amqp://app:s3cret@one,amqp://app:s3cret@two",
                "http://app:s3cret@host",
                "amqp://app:s3cret",
                "amqp://:s3cret",
                "amqp://app:s3cret@",
                "amqp://app:s3@cret@",
                "amqp:s3cret@host",
                "//app:s3cret",
                "app:s3cret@host",
                "s3cret",
                "amqp://app%3As3cret",
                "amqp://app:s3cret%@host"
            })
    void aUriThatIsNoneIsRefusedWithoutItsSecret(String uri) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> address(uri));
        assertTrue(refusal.getMessage().startsWith("siaran.rabbitmq.uri"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "siaran.rabbitmq.stream, a b",
        "siaran.rabbitmq.stream, amq.mine",
        "siaran.rabbitmq.stream, käse",
        "siaran.rabbitmq.history-bytes, 1B",
        "siaran.rabbitmq.history-max-age, 10ms",
        "siaran.rabbitmq.timeout, 2h",
        "siaran.rabbitmq.tls.trust-store, /nowhere"
    })
    void aValueThatIsOutOfRangeIsNamed(String key, String value) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> read(key, value));
        assertTrue(refusal.getMessage().contains(key), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("allowed"), refusal.getMessage());
    }

    @Test
    void noSecretIsPrinted() {
        RabbitSettings settings = read("siaran.rabbitmq.uri", "amqp://app:s3cret@host/orders");
        assertFalse(settings.toString().contains("s3cret"), settings::toString);
        assertEquals("RabbitMQ at host:5672 (virtual host orders)", settings.where());
    }
}
