package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** Servers, nodes and commands of one test. After it all is closed, the last first. */
abstract class RedisTest {

    static final String CHANNEL = "news";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    final <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    final RedisServer server(String... options) throws Exception {
        return closing(RedisServer.start(options));
    }

    final Broker node(String uri, String... keysAndValues) {
        return open(new HashMap<>(Map.of("siaran.redis.uri", uri)), keysAndValues);
    }

    /** A node with timeouts short enough for a test. */
    final Broker quickNode(String uri, String... keysAndValues) {
        return open(new HashMap<>(Map.of("siaran.redis.uri", uri, "siaran.redis.timeout", "300ms")), keysAndValues);
    }

    final Broker open(Map<String, String> settings, String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return closing(RedisBrokerTest.open(settings));
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

    static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    static Object command(RedisServer server, Command command, String... arguments) {
        try (Connection connection = server.connect()) {
            connection.sendCommand(command, arguments);
            return connection.getOne();
        }
    }

    /** Makes the user that README.adoc says suffices, changed as said by more rules; returns the URI to log in as it. */
    static String documentedUser(RedisServer server, String... more) throws IOException {
        setUser(server, "on ", more);
        return server.uri().replace("//", "//siaran:secret@");
    }

    /** Carries out the line of README.adoc that begins so. */
    static void setUser(RedisServer server, String rules, String... more) throws IOException {
        String line = Files.readAllLines(Path.of("README.adoc")).stream()
                .filter(each -> each.startsWith("ACL SETUSER siaran " + rules))
                .findFirst()
                .orElseThrow();
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.remove(0);
        arguments.addAll(List.of(more));
        command(server, Command.ACL, arguments.toArray(String[]::new));
    }

    static List<String> clientNames(RedisServer server) {
        return new String((byte[]) command(server, Command.CLIENT, "LIST"), UTF_8)
                .lines()
                .map(line -> line.replaceAll(".* name=(\\S*) .*", "$1"))
                .filter(name -> name.startsWith("siaran:"))
                .toList();
    }

    /** Checks that all nodes got the same, that nothing is missing and nothing came twice. */
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
