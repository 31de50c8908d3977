package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.broker.TlsStores;
import dev.siaran.internal.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {

    private static final String MASTER = "siaran.redis.sentinel.master";
    private static final String SENTINELS = "siaran.redis.sentinel.nodes";
    private static final String CLUSTER = "siaran.redis.cluster.nodes";
    private static final String URI = "siaran.redis.uri";

    @TempDir
    Path folder;

    /** What the JVM trusts. */
    private static final RedisTls TLS = new RedisTls(new TlsStores(null, null));

    private static RedisSettings read(String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return RedisSettings.read(Settings.of(values));
    }

    private static String refusal(String... keysAndValues) {
        return assertThrows(IllegalArgumentException.class, () -> read(keysAndValues))
                .getMessage();
    }

    @Test
    void sentinelsHaveLoginsOfTheirOwn() {
        RedisSettings settings = read(
                MASTER, "mymaster", SENTINELS, "redis://:s3cret@one:26379, rediss://app:0ther@two", URI, "redis://h/3");
        assertEquals(
                List.of(
                        new RedisAddress("one", 26379, null, null, "s3cret", 0),
                        new RedisAddress("two", 6379, TLS, "app", "0ther", 0)),
                settings.deployment().nodes());
        assertEquals(Deployment.Kind.SENTINEL, settings.deployment().kind());
        assertFalse((settings + settings.where()).matches(".*(s3cret|0ther).*"), settings::toString);
    }

    @Test
    void theServersOfAClusterShareTheLoginOfTheUri() {
        RedisSettings settings = read(CLUSTER, "rediss://one:7000,rediss://two:7001", URI, "rediss://app:s3cret@any");
        assertEquals(
                List.of(
                        new RedisAddress("one", 7000, TLS, "app", "s3cret", 0),
                        new RedisAddress("two", 7001, TLS, "app", "s3cret", 0)),
                settings.deployment().nodes());
        assertEquals(Deployment.Kind.CLUSTER, settings.deployment().kind());
        assertFalse((settings + settings.where()).contains("s3cret"), settings::toString);
    }

    @Test
    void theTlsSettingsHoldForSentinelsAndServersWithThatScheme() {
        Path none = folder.resolve("none");
        String key = "siaran.redis.tls.trust-store";
        String text = refusal(MASTER, "m", SENTINELS, "redis://one, rediss://two", key, none.toString());
        assertTrue(text.startsWith(key + " is \"" + none + "\"; allowed is a key store"), text);
        text = refusal(CLUSTER, "rediss://one", URI, "rediss://any", key, none.toString());
        assertTrue(text.startsWith(key + " is \"" + none + "\"; allowed is a key store"), text);
        text = refusal(MASTER, "m", SENTINELS, "redis://one", key, none.toString());
        assertTrue(text.contains("allowed only where") && text.contains(SENTINELS), text);
    }

    @Test
    void aSocketIsRefusedWhereTheServersAreElsewhere() {
        for (String key : List.of(SENTINELS, CLUSTER)) {
            String text = key.equals(CLUSTER)
                    ? refusal(CLUSTER, "redis://one", URI, "unix://:s3cret@/run/redis.sock")
                    : refusal(MASTER, "m", SENTINELS, "redis://one", URI, "unix://:s3cret@/run/redis.sock");
            assertTrue(text.startsWith(URI + " is unix:///run/redis.sock; with " + key), text);
        }
    }

    @Test
    void halfOfTheSentinelKeysIsRefused() {
        assertEquals(MASTER + " is \"mymaster\", but " + SENTINELS + " is missing", refusal(MASTER, "mymaster"));
        assertTrue(refusal(SENTINELS, "redis://:s3cret@one").startsWith(SENTINELS + " is set, but " + MASTER));
    }

    @Test
    void aClusterBehindSentinelsIsRefused() {
        String text = refusal(CLUSTER, "redis://one", MASTER, "mymaster", SENTINELS, "redis://two");
        assertTrue(text.contains(CLUSTER) && text.contains(MASTER), text);
    }

    @Test
    void whatAClusterCannotHaveIsRefused() {
        assertTrue(refusal(CLUSTER, "redis://one", URI, "redis://h/5").startsWith(URI + " has database 5"));
        assertTrue(
                refusal(CLUSTER, "redis://one", "siaran.redis.prefix", "a{b}:").contains("\"a{b}:\""));
        assertTrue(refusal(CLUSTER, "redis://:s3cret@one").startsWith(CLUSTER + " has a login"));
        assertTrue(refusal(CLUSTER, "rediss://one").contains("different schemes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one:26379",
                "redis://:s3cret@one,",
                "redis://:s3cret@one redis://two",
                "redis://:s3cret@one/2",
                "redis://:s3cret@one?x=y",
                "http://:s3cret@one",
                "redis://:s3cret,redis://two",
                "redis://s3cret@one"
            })
    void aListThatIsNotUnderstoodIsRefusedWithoutItsPasswords(String list) {
        for (String key : List.of(SENTINELS, CLUSTER)) {
            String text = key.equals(CLUSTER) ? refusal(key, list) : refusal(key, list, MASTER, "mymaster");
            assertTrue(text.startsWith(key + " is not"), text);
            assertFalse(text.contains("s3cret"), text);
        }
    }
}
