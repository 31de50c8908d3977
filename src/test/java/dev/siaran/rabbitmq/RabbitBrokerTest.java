package dev.siaran.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerContractTest;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract, on a real server, with no more rights than needed. Every test has a stream of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isExpected", disabledReason = RabbitServer.MISSING)
class RabbitBrokerTest extends BrokerContractTest {

    private RabbitServer server;
    private String uri;
    private int streams;

    @BeforeAll
    void start() throws Exception {
        server = RabbitServer.start();
        uri = RabbitTest.documentedUser(server);
    }

    @BeforeEach
    void anotherStream() {
        streams++;
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Broker openNode() {
        return open(Map.of("siaran.rabbitmq.uri", uri, "siaran.rabbitmq.stream", "siaran-" + streams));
    }

    @Override
    protected Broker openForgetfulNode() {
        Broker node = open(Map.of(
                "siaran.rabbitmq.uri",
                uri,
                "siaran.rabbitmq.stream",
                "siaran-" + streams,
                "siaran.rabbitmq.history-bytes",
                "10000B"));
        return oneByOne(node);
    }

    /** The server deletes whole segments, and what comes at once lies in one. */
    private static Broker oneByOne(Broker node) {
        return (Broker) Proxy.newProxyInstance(
                Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(node, arguments);
                    if (method.getName().equals("publish")) {
                        Await.value((CompletionStage<?>) result);
                    }
                    return result;
                });
    }

    /** The channel over which history was read may still be closing: now and then the client left a thread for it. */
    @RepeatedTest(50)
    void closeLeavesNoThreadRightAfterHistoryWasRead() throws Exception {
        closeLeavesNoThreadAndIsQuick();
    }

    static Broker open(Map<String, String> settings) {
        return new RabbitBrokerProvider().configure(Settings.of(settings)).get();
    }

    @Override
    protected int nodes() {
        return 2;
    }

    /** The start is a place in the stream of all channels, at which nothing of this one has been missed. */
    @Override
    protected void assertStart(Broker broker, String before, String start) throws Exception {
        assertTrue(start.matches("[A-Za-z0-9._-]{1,64}"), start);
        assertEquals(History.empty(Start.COMPLETE), history(broker, start, "", 10));
        assertEquals(History.empty(Start.COMPLETE), history(broker, start, start, 10));
        assertEquals(History.empty(Start.COMPLETE), history(broker, before, start, 10));
    }
}
