package dev.siaran.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.broker.Certificates;
import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.FreePorts;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Receiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** TLS to a server that asks for a certificate, too: whom the node trusts, and what it says if it does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isProcessExpected", disabledReason = RabbitServer.MISSING)
class RabbitTlsTest {

    private static final String TRUST = "siaran.rabbitmq.tls.trust-store";
    private static final String KEY = "siaran.rabbitmq.tls.key-store";

    private final List<Broker> opened = new ArrayList<>();
    private Certificates ofServer;
    private Certificates ofNode;
    private RabbitServer server;
    private int port;

    @BeforeAll
    void startServer(@TempDir Path folder) throws Exception {
        ofServer = new Certificates(folder, "server");
        ofNode = new Certificates(folder, "node");
        port = FreePorts.next();
        server = RabbitProcess.startWith(
                "listeners.ssl.default = 127.0.0.1:" + port,
                "ssl_options.certfile = " + ofServer.certificatePem(),
                "ssl_options.keyfile = " + ofServer.keyPem(),
                "ssl_options.cacertfile = " + ofNode.authorityPem(),
                "ssl_options.verify = verify_peer",
                "ssl_options.fail_if_no_peer_cert = true");
    }

    @AfterAll
    void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closeNodes() {
        opened.forEach(Broker::close);
        opened.clear();
    }

    private Broker node(String host, Map<String, String> stores) {
        Map<String, String> settings = new HashMap<>(stores);
        settings.put("siaran.rabbitmq.uri", "amqps://guest:guest@" + host + ":" + port);
        Broker broker = RabbitBrokerTest.open(settings);
        opened.add(broker);
        return broker;
    }

    private static Map<String, String> trusting(Certificates certificates) throws Exception {
        return Map.of(TRUST, certificates.trustStore("PKCS12"), TRUST + "-password", Certificates.PASSWORD);
    }

    /** And has a certificate for a server that asks. */
    private Map<String, String> trustingAndTrusted(Certificates certificates) throws Exception {
        Map<String, String> stores = new HashMap<>(trusting(certificates));
        stores.put(KEY, ofNode.keyStore());
        stores.put(KEY + "-password", Certificates.PASSWORD);
        return stores;
    }

    @Test
    void aServerThatTheTrustStoreKnowsIsTrustedAndGetsTheCertificateThatItAsksFor() throws Exception {
        // given
        Broker broker = node("127.0.0.1", trustingAndTrusted(ofServer));

        // when
        Receiver receiver = RabbitTest.receive(broker);
        RabbitTest.publish(broker, "x".repeat(300_000));

        // then
        assertEquals(List.of("x".repeat(300_000)), receiver.data(1));
    }

    @Test
    void aServerThatIsNotTrustedIsToldOnceAndTheEventsGoNowhere() throws Exception {
        // the JVM's own trust store, then one with another certificate, then a name that is not the certificate's
        assertRefused("PKIX path building failed", "127.0.0.1", Map.of());
        assertRefused("PKIX path", "127.0.0.1", trustingAndTrusted(ofNode));
        assertRefused("No name matching localhost", "localhost", trustingAndTrusted(ofServer));
    }

    /**
     * With TLS 1.3 the handshake is over before the server looks, so the node learns of it by a broken connection; what the server said
     * last may be lost with that.
     */
    @Test
    void aServerThatAsksForACertificateAndGetsNoneIsToldOnce() throws Exception {
        String line = lineOfNoUse("127.0.0.1", trusting(ofServer));
        assertTrue(
                line.endsWith("siaran.rabbitmq.tls.*: Received fatal alert: certificate_required")
                        || line.matches(".* does not answer; .*(Connection reset|Broken pipe).*"),
                line);
    }

    private void assertRefused(String reason, String host, Map<String, String> stores) throws Exception {
        String line = lineOfNoUse(host, stores);
        assertTrue(line.contains("siaran.rabbitmq.tls.*: " + reason), line);
    }

    /** The one warning. */
    private String lineOfNoUse(String host, Map<String, String> stores) throws Exception {
        try (LogLines log = new LogLines();
                Attempts attempts = new Attempts()) {
            Broker broker = node(host, stores);
            var sent = RabbitTest.send(broker, "secret").toCompletableFuture();
            Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());
            Await.until("it is tried again", () -> attempts.failed.get() > 2);
            assertFalse(sent.isDone());
            assertEquals(1, log.all().size(), log.all()::toString);
            String line = log.all().get(0);
            assertTrue(line.contains("siaran.rabbitmq.uri") && !line.contains(Certificates.PASSWORD), line);
            return line;
        }
    }

    /** Each attempt that fails is told at DEBUG. */
    private static final class Attempts extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger("dev.siaran.rabbitmq");
        private final AtomicInteger failed = new AtomicInteger();

        Attempts() {
            logger.addHandler(this);
            logger.setLevel(Level.FINE);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getMessage().startsWith("SUBSCRIBER")) {
                failed.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.setLevel(null);
            logger.removeHandler(this);
        }
    }

    @Test
    void storesThatCannotBeOpenedFailTheDeploymentWithTheirKey() throws Exception {
        String store = ofServer.trustStore("PKCS12");
        assertRefused(TRUST + " is \"/nowhere.p12\"", "amqps://h", TRUST, "/nowhere.p12");
        assertRefused(TRUST + " is \"" + store, "amqps://h", TRUST, store, TRUST + "-password", "wr0ng");
        assertRefused(KEY + " is \"" + store, "amqps://h", KEY, store, KEY + "-type", "NONE");
        assertRefused("allowed only where siaran.rabbitmq.uri has amqps://", "amqp://h", KEY, store);
    }

    private static void assertRefused(String expected, String uri, String... keysAndValues) {
        Map<String, String> values = new HashMap<>(Map.of("siaran.rabbitmq.uri", uri));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> new RabbitBrokerProvider().configure(Settings.of(values)));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("wr0ng"), refusal.getMessage());
    }
}
