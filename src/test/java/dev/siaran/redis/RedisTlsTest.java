package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siaran.internal.broker.Certificates;
import dev.siaran.internal.config.Settings;
import dev.siaran.redis.RedisServer.Kind;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.FreePorts;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS to a server that can, which is the one on the PATH: whom the node trusts, and what it says if it does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTlsTest extends RedisTest {

    private static final String TRUST = "siaran.redis.tls.trust-store";
    private static final String KEY = "siaran.redis.tls.key-store";

    private Certificates ofServer;
    private Certificates ofNode;
    private Path folder;

    @BeforeAll
    void makeCertificates(@TempDir Path made) throws Exception {
        assumeTrue(RedisServer.kinds().contains(Kind.PATH), "needs a redis-server on the PATH");
        folder = made;
        ofServer = new Certificates(made, "server");
        ofNode = new Certificates(made, "node");
    }

    /** A server with TLS, and the port that it listens on. */
    private String tlsServer(String clients) throws Exception {
        int port = FreePorts.next();
        closing(RedisServer.start(
                Kind.PATH,
                "--tls-port",
                String.valueOf(port),
                "--tls-cert-file",
                ofServer.certificatePem(),
                "--tls-key-file",
                ofServer.keyPem(),
                "--tls-ca-cert-file",
                ofNode.authorityPem(),
                "--tls-auth-clients",
                clients));
        return "127.0.0.1:" + port;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aServerThatTheTrustStoreKnowsIsTrusted(String type) throws Exception {
        // given
        String server = tlsServer("no");
        String store = ofServer.trustStore(type);
        Broker broker = node(
                "rediss://" + server, TRUST, store, TRUST + "-password", Certificates.PASSWORD, TRUST + "-type", type);

        // when
        Receiver receiver = receive(broker);
        String id = publish(broker, "x".repeat(300_000));
        publish(broker, "y");

        // then
        assertEquals("x".repeat(300_000), receiver.next().message().data());
        assertEquals(
                1, Await.value(broker.history(CHANNEL, id, "", 10)).messages().size());
    }

    @Test
    void theTypeOfTheTrustStoreIsFoundOut() throws Exception {
        String server = tlsServer("no");
        for (String type : List.of("PKCS12", "JKS")) {
            Broker broker = node(
                    "rediss://" + server, TRUST, ofServer.trustStore(type), TRUST + "-password", Certificates.PASSWORD);
            publish(broker, "x");
        }
    }

    @Test
    void aServerThatAsksForACertificateGetsIt() throws Exception {
        String server = tlsServer("yes");
        Broker broker = node(
                "rediss://" + server,
                TRUST,
                ofServer.trustStore("PKCS12"),
                TRUST + "-password",
                Certificates.PASSWORD,
                KEY,
                ofNode.keyStore(),
                KEY + "-password",
                Certificates.PASSWORD);
        publish(broker, "x");
    }

    @Test
    void aServerThatIsNotTrustedIsToldOnceAndTriedWithoutHurry() throws Exception {
        // given: the JVM's own trust store, then one with another certificate, then a name that is not the
        // certificate's
        String server = tlsServer("no");
        assertEquals(
                "PKIX path building failed", reasonOfNoUse("rediss://" + server).replaceAll(":.*", ""));
        assertTrue(reasonOfNoUse(
                        "rediss://" + server,
                        TRUST,
                        ofNode.trustStore("PKCS12"),
                        TRUST + "-password",
                        Certificates.PASSWORD)
                .contains("PKIX path"));
        assertTrue(reasonOfNoUse(
                        "rediss://" + server.replace("127.0.0.1", "localhost"),
                        TRUST,
                        ofServer.trustStore("PKCS12"),
                        TRUST + "-password",
                        Certificates.PASSWORD)
                .contains("No name matching localhost"));
    }

    /** What the one warning says after the key that it names. */
    private String reasonOfNoUse(String uri, String... keysAndValues) throws Exception {
        try (LogLines log = new LogLines();
                Broker broker = node(uri, keysAndValues)) {
            send(broker, "x");
            Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());
            Await.pass(Duration.ofMillis(700)); // time enough for it to be told again
            assertEquals(1, log.all().size(), log.all()::toString);
            String line = log.all().get(0);
            assertTrue(line.contains("siaran.redis.uri") && !line.contains(Certificates.PASSWORD), line);
            return line.substring(line.indexOf("siaran.redis.tls.*: ") + 20);
        }
    }

    /** With TLS 1.3 the handshake is over before the server looks, so the node learns of it by a broken connection. */
    @Test
    void aServerThatAsksForACertificateAndGetsNoneIsToldOnce() throws Exception {
        String server = tlsServer("yes");
        try (LogLines log = new LogLines();
                Broker broker = node(
                        "rediss://" + server,
                        TRUST,
                        ofServer.trustStore("PKCS12"),
                        TRUST + "-password",
                        Certificates.PASSWORD)) {
            send(broker, "x");
            Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());
            Await.pass(Duration.ofMillis(700)); // time enough for it to be told again
            assertEquals(1, log.all().size(), log.all()::toString);
            assertTrue(log.all().get(0).contains("siaran.redis.uri"), log.all()::toString);
        }
    }

    @Test
    void storesThatCannotBeOpenedFailTheDeploymentWithTheirKey() throws Exception {
        String store = ofServer.trustStore("PKCS12");
        Path empty = Files.createFile(folder.resolve("empty"));
        assertRefused(TRUST + " is \"/nowhere.p12\"", "rediss://h", TRUST, "/nowhere.p12");
        assertRefused(TRUST + " is \"" + store, "rediss://h", TRUST, store, TRUST + "-password", "wr0ng");
        assertRefused(TRUST + " is \"" + store, "rediss://h", TRUST, store);
        assertRefused(TRUST + " is \"" + empty, "rediss://h", TRUST, empty.toString(), TRUST + "-password", "wr0ng");
        assertRefused(KEY + " is \"" + store, "rediss://h", KEY, store, KEY + "-type", "NONE");
        assertRefused(TRUST + " is missing", "rediss://h", TRUST + "-password", "wr0ng");
        assertRefused(
                "allowed only where siaran.redis.uri, siaran.redis.sentinel.nodes or siaran.redis.cluster.nodes has",
                "redis://h",
                KEY,
                store);
    }

    private static void assertRefused(String expected, String uri, String... keysAndValues) throws IOException {
        var values = new java.util.HashMap<>(Map.of("siaran.redis.uri", uri));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> new RedisBrokerProvider().configure(Settings.of(values)));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("wr0ng"), refusal.getMessage());
    }
}
