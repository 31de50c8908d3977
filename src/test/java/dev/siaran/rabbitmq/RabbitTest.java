package dev.siaran.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server for the tests of a class, and a stream for each. After a test its nodes are closed, the last first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RabbitTest {

    static final String CHANNEL = "news";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private RabbitServer server;
    private int streams;

    @BeforeAll
    void startServer() throws Exception {
        server = RabbitServer.start();
    }

    @AfterAll
    void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** Makes the user that README.adoc says suffices; returns the URI to log in as it. */
    static String documentedUser(RabbitServer server) throws Exception {
        server.ctl("add_user", "siaran", "secret");
        grant(server, "siaran");
        return server.uri().replace("guest:guest", "siaran:secret");
    }

    /** Gives a user the permissions that README.adoc says suffice. */
    static void grant(RabbitServer server, String user) throws Exception {
        String line = Files.readAllLines(Path.of("README.adoc")).stream()
                .filter(each -> each.startsWith("rabbitmqctl set_permissions siaran '"))
                .findFirst()
                .orElseThrow();
        String[] parts = line.split("'");
        server.ctl("set_permissions", user, parts[1], parts[3], parts[5]);
    }

    @BeforeEach
    void anotherStream() {
        streams++;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        opened.clear();
    }

    final <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    final RabbitServer server() {
        return server;
    }

    final String stream() {
        return "siaran-" + streams;
    }

    final Broker node(String... keysAndValues) {
        Map<String, String> settings =
                new HashMap<>(Map.of("siaran.rabbitmq.uri", server.uri(), "siaran.rabbitmq.stream", stream()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return closing(RabbitBrokerTest.open(settings));
    }

    static Receiver receive(Broker broker) throws Exception {
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);
        receiver.awaitLive();
        return receiver;
    }

    static CompletionStage<String> send(Broker broker, Object data) {
        return broker.publish(new Message(CHANNEL, "e", String.valueOf(data)));
    }

    static String publish(Broker broker, Object data) throws Exception {
        return Await.value(send(broker, data));
    }

    /**
     * RabbitMQ that is killed within half a second of making a stream, or of bringing it back, may need most of a minute to
     * bring it back.
     */
    static void letSettle(Broker broker) throws Exception {
        for (int pulse = 0; pulse < 1_000; pulse++) {
            await(broker.publish(new Message("pulse", null, "")));
        }
    }

    /** Waits for what had to wait for a server. */
    static void await(CompletionStage<String> sent) throws Exception {
        sent.toCompletableFuture().get(2, TimeUnit.MINUTES);
    }

    static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    /** Checks that all nodes got the same, each message once and those of a publisher in order. */
    static void assertAllOnce(int count, Receiver... receivers) throws Exception {
        List<String> first = receivers[0].data(count);
        assertEquals(count, new HashSet<>(first).size());
        assertFalse(first.contains(Receiver.LOST));
        Map<Character, Integer> next = new HashMap<>();
        for (String data : first) {
            int number = Integer.parseInt(data.substring(1));
            assertEquals(next.getOrDefault(data.charAt(0), 0), number, data);
            next.put(data.charAt(0), number + 1);
        }
        for (Receiver receiver : receivers) {
            if (receiver != receivers[0]) {
                assertEquals(first, receiver.data(count));
            }
            receiver.assertNothingMore();
        }
    }
}
