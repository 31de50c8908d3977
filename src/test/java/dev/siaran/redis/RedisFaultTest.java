package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** What happens when the server, or the way to it, fails. Every test has a server of its own. */
class RedisFaultTest {

    private static final String CHANNEL = "news";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    private RedisServer server(String... options) throws Exception {
        return closing(RedisServer.start(options));
    }

    /** A node with timeouts short enough for a test. */
    private Broker node(String uri, String... keysAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of("siaran.redis.uri", uri, "siaran.redis.timeout", "300ms"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return closing(RedisBrokerTest.open(settings));
    }

    private static Receiver receive(Broker broker) throws Exception {
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);
        receiver.awaitLive();
        return receiver;
    }

    private static CompletionStage<String> send(Broker broker, Object data) {
        return broker.publish(new Message(CHANNEL, "e", String.valueOf(data)));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private static Object command(RedisServer server, Command command, String... arguments) {
        try (Connection connection = server.connect()) {
            connection.sendCommand(command, arguments);
            return connection.getOne();
        }
    }

    /** Checks that all nodes got the same, that nothing is missing and nothing came twice. */
    private static void assertAllOnce(int count, Receiver... receivers) throws Exception {
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

    @Test
    void killedAndRestartedWithItsFileEveryNodeGetsEveryEventOnce() throws Exception {
        // given: a server that answers only when the file is written, which "everysec" does not promise
        RedisServer server = server("--appendfsync", "always");
        Broker a = node(server.uri());
        Broker b = node(server.uri());
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Publishing fromA = closing(new Publishing(a, CHANNEL, "a"));
        Publishing fromB = closing(new Publishing(b, CHANNEL, "b"));

        // when
        for (int round = 1; round <= 4; round++) {
            String mark = Await.value(send(a, "!" + (round - 1)));
            server.kill9();
            server.restart();
            assertFalse(mark.isEmpty());
        }
        int count = fromA.finish() + fromB.finish() + 4;

        // then
        assertAllOnce(count, atA, atB);
    }

    @Test
    void aRestartWithoutDataIsToldAndDeliveryGoesOn() throws Exception {
        // given
        RedisServer server = server();
        Broker a = node(server.uri());
        Broker b = node(server.uri());
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Receiver quiet = new Receiver();
        b.subscribe("quiet", quiet);
        quiet.awaitLive();
        Await.value(send(a, "before"));
        assertEquals(List.of("before"), atA.data(1));
        assertEquals(List.of("before"), atB.data(1));

        // when
        server.kill9();
        server.restartEmpty();
        Await.value(send(a, "after"));
        Await.value(send(b, "end"));

        // then: also a channel that this node has had no message of may have had one
        List<String> expected = List.of(Receiver.LOST, "after", "end");
        assertEquals(expected, atA.data(3));
        assertEquals(expected, atB.data(3));
        assertEquals(List.of(Receiver.LOST), quiet.data(1));
        atA.assertNothingMore();
        atB.assertNothingMore();
    }

    @Test
    void aSubscriberThatIsKilledMissesNothing() throws Exception {
        // given
        RedisServer server = server();
        Broker a = node(server.uri());
        Broker b = node(server.uri());
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Publishing fromA = closing(new Publishing(a, CHANNEL, "a"));

        // when
        for (int i = 0; i < 10; i++) {
            Await.until(
                    "both nodes are subscribed",
                    () -> ((List<?>) command(server, Command.PUBSUB, "NUMSUB", "siaran:{news}"))
                            .get(1)
                            .equals(2L));
            command(server, Command.CLIENT, "KILL", "TYPE", "pubsub");
        }
        int count = fromA.finish();

        // then
        assertAllOnce(count, atA, atB);
    }

    @Test
    void connectionsThatAreKilledWhilePublishingRepeatNothing() throws Exception {
        // given
        RedisServer server = server();
        Broker a = node(server.uri());
        Receiver atA = receive(a);
        Publishing fromA = closing(new Publishing(a, CHANNEL, "a"));

        // when
        for (int i = 0; i < 20; i++) {
            Await.value(send(a, "!" + i));
            command(server, Command.CLIENT, "KILL", "TYPE", "normal");
        }
        int count = fromA.finish() + 20;

        // then
        assertAllOnce(count, atA);
    }

    @Test
    void aPublishWhoseAnswerWasLostIsNotSentTwice() throws Exception {
        // given
        RedisServer server = server();
        FaultyProxy proxy = closing(new FaultyProxy(server.port()));
        Broker direct = node(server.uri());
        Broker behind = node(proxy.uri());
        Receiver receiver = receive(direct);
        String first = Await.value(send(behind, 0));

        // when: three times in a row the server publishes a batch and its answer is lost
        proxy.loseAnswers(3, 4_000);
        List<CompletionStage<String>> sent = new ArrayList<>();
        while (proxy.answersLeftToLose() > 0) {
            for (int i = 0; i < 200; i++) {
                sent.add(send(behind, sent.size() + 1));
            }
            Await.value(sent.get(sent.size() - 1));
        }

        // then: each has arrived once, and each caller has learned the id of its own
        List<String> ids = new ArrayList<>(List.of(first));
        for (CompletionStage<String> stage : sent) {
            ids.add(Await.value(stage));
        }
        for (int i = 0; i < ids.size(); i++) {
            var message = receiver.next();
            assertEquals(String.valueOf(i), message.message().data());
            assertEquals(ids.get(i), message.id());
        }
        receiver.assertNothingMore();
    }

    @Test
    void aPausedServerIsNoticedAndNothingIsLostOrRepeated() throws Exception {
        // given
        RedisServer server = server();
        Broker a = node(server.uri());
        Receiver receiver = receive(a);
        LogLines log = closing(new LogLines());

        // when: commands reach the paused process, which carries them out much later
        server.pause();
        for (int i = 0; i < 500; i++) {
            send(a, i);
        }
        Await.until("it is noticed", () -> !log.of(Level.WARNING).isEmpty());
        server.resume();
        Await.value(send(a, 500));

        // then
        assertEquals(numbers(501), receiver.data(501));
        Await.until("the end is told", () -> log.of(Level.INFO).size() == 1);
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        receiver.assertNothingMore();
    }

    @Test
    void aServerThatMayNotBeWrittenForAWhileIsWaitedFor() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = node(server.uri());
        Receiver receiver = receive(broker);
        Await.value(send(broker, 0));
        LogLines log = closing(new LogLines());

        // when: as during a failover
        command(server, Command.REPLICAOF, "127.0.0.1", "1");
        for (int i = 1; i < 100; i++) {
            send(broker, i);
        }
        Await.until("it is told", () -> log.of(Level.WARNING).stream().anyMatch(line -> line.contains("READONLY")));
        command(server, Command.REPLICAOF, "NO", "ONE");
        Await.value(send(broker, 100));

        // then
        assertEquals(numbers(101), receiver.data(101));
    }

    @Test
    void anIdleSubscriptionIsLeftAlone() throws Exception {
        // given: a node that takes a second of silence for a broken connection
        RedisServer server = server();
        Broker broker = node(server.uri());
        receive(broker);
        String before = subscriberIds(server);

        // when: twice as long
        String canaries = "(?s).*cmdstat_publish:calls=(\\d+).*";
        Await.until("canaries have been sent", () -> {
            String stats = new String((byte[]) command(server, Command.INFO, "commandstats"), UTF_8);
            return stats.matches(canaries) && Integer.parseInt(stats.replaceAll(canaries, "$1")) > 6;
        });

        // then
        assertEquals(before, subscriberIds(server));
    }

    private static String subscriberIds(RedisServer server) {
        return new String((byte[]) command(server, Command.CLIENT, "LIST", "TYPE", "pubsub"), UTF_8)
                .replaceAll("(?m)^id=(\\d+) .*$", "$1");
    }

    @Test
    void aConnectionThatDiesInSilenceIsReplaced() throws Exception {
        // given
        RedisServer server = server();
        FaultyProxy proxy = closing(new FaultyProxy(server.port()));
        Broker direct = node(server.uri());
        Receiver receiver = receive(node(proxy.uri()));
        Await.value(send(direct, 0));
        assertEquals(numbers(1), receiver.data(1));

        // when
        proxy.freezeOpenConnections();
        Await.value(send(direct, 1));

        // then
        assertEquals("1", receiver.next().message().data());
    }

    @Test
    void anAbsentServerIsWaitedForAndToldOnce() throws Exception {
        // given
        RedisServer server = server("--requirepass", "s3cret");
        server.kill9();
        LogLines log = closing(new LogLines());

        // when
        long start = System.nanoTime();
        Broker broker = node(server.uri().replace("//", "//:s3cret@"));
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sent.add(send(broker, i));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        CompletionStage<?> history = broker.history(CHANNEL, "1-1", "", 1);
        assertTrue(Await.failure(history).contains(String.valueOf(server.port())));

        // then
        assertTrue(took.compareTo(Duration.ofMillis(500)) < 0, took::toString);
        assertFalse(receiver.isLive());
        Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());

        // when
        server.restart();
        String start0 = receiver.awaitLive();
        for (CompletionStage<String> stage : sent) {
            Await.value(stage);
        }
        Await.value(send(broker, 1_000));

        // then: all that was published, in order, from the start id on
        int first = start0.isEmpty()
                ? 0
                : 1
                        + sent.stream()
                                .map(s -> s.toCompletableFuture().join())
                                .toList()
                                .indexOf(start0);
        assertEquals(numbers(1_001).subList(first, 1_001), receiver.data(1_001 - first));
        Await.until("the end is told", () -> log.of(Level.INFO).size() == 1);
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        String warning = log.of(Level.WARNING).get(0);
        assertTrue(warning.contains("siaran.redis.uri") && warning.contains("127.0.0.1:" + server.port()), warning);
        assertFalse(log.all().toString().contains("s3cret"), log.all()::toString);
    }

    @Test
    void anOutageIsToldOnceThoughTheIdlePublisherNoticesItLate() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = node(server.uri(), "siaran.redis.timeout", "1m");
        receive(broker);
        Await.value(send(broker, "before"));
        LogLines log = closing(new LogLines());

        // when
        server.kill9();
        server.restart();
        Await.until("the end is told", () -> !log.of(Level.INFO).isEmpty());
        Await.value(send(broker, "after"));

        // then
        assertEquals(2, log.all().size(), log.all()::toString);
    }

    @Test
    void aBacklogLongerThanTheHistoryReachesEveryNode() throws Exception {
        // given
        RedisServer server = server("--appendfsync", "always");
        Broker a = node(server.uri(), "siaran.redis.history", "100");
        List<Receiver> receivers = new ArrayList<>(List.of(receive(a)));
        for (int i = 0; i < 6; i++) {
            receivers.add(receive(node(server.uri())));
        }

        // when: away for so long that the nodes try seldom, each at a time of its own
        server.kill9();
        for (int i = 0; i < 5_000; i++) {
            send(a, i);
        }
        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
        server.restart();

        // then
        for (Receiver receiver : receivers) {
            assertEquals(numbers(5_000), receiver.data(5_000));
        }
    }

    @Test
    void aFullBufferFailsThePublisherAndWhatWasBufferedGoesOutOnReturn() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = node(server.uri(), "siaran.publish-buffer", "100");
        Receiver receiver = receive(broker);
        server.kill9();

        // when
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(send(broker, i));
        }
        String failure = Await.failure(send(broker, "too many"));

        // then
        assertTrue(failure.contains("full") && failure.contains("siaran.publish-buffer is 100"), failure);
        server.restart();
        assertEquals(numbers(100), receiver.data(100));
        for (CompletionStage<String> stage : sent) {
            Await.value(stage);
        }
        Await.value(send(broker, 100));
        assertEquals("100", receiver.next().message().data());
    }

    @Test
    void aBufferFullOfBytesFailsThePublisher() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = node(server.uri(), "siaran.publish-buffer-bytes", "1KiB");

        // when
        String failure = Await.failure(send(broker, "x".repeat(2_000)));

        // then
        assertTrue(failure.contains("siaran.publish-buffer-bytes is 1024 bytes"), failure);
        Await.value(send(broker, "small"));
    }

    @Test
    void aWrongPasswordIsToldOnceWithoutItAndTriedWithoutHurry() throws Exception {
        // given
        RedisServer server = server("--requirepass", "right");
        LogLines log = closing(new LogLines());

        for (String login : List.of(":wr0ng@", "")) {
            // when
            Broker broker = node(server.uri().replace("//", "//" + login), "siaran.redis.timeout", "2s");
            Await.until(
                    "it is told", () -> log.of(Level.WARNING).stream().anyMatch(l -> l.contains("siaran.redis.uri")));
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos()); // time enough for a busy loop to show
            broker.close();
        }

        // then
        assertFalse(log.all().toString().contains("wr0ng"), log.all()::toString);
        assertTrue(log.of(Level.WARNING).size() <= 4, log.all()::toString);
        long connections;
        try (Connection connection = server.connect()) {
            connection.sendCommand(Command.AUTH, "right");
            connection.getOne();
            connection.sendCommand(Command.INFO, "stats");
            String stats = new String((byte[]) connection.getOne(), UTF_8);
            connections = Long.parseLong(stats.replaceAll("(?s).*total_connections_received:(\\d+).*", "$1"));
        }
        assertTrue(connections < 60, "connections: " + connections);
    }

    @Test
    void userPasswordAndDatabaseAreUsed() throws Exception {
        // given
        RedisServer server = server("--user", "app", "on", ">p@ss", "~*", "&*", "+@all", "--databases", "8");

        // when
        Broker broker = node(server.uri().replace("//", "//app:p%40ss@") + "/5");
        Receiver receiver = receive(broker);
        Await.value(send(broker, "x"));

        // then
        assertEquals(List.of("x"), receiver.data(1));
        try (Connection connection = server.connect()) {
            connection.select(5);
            connection.sendCommand(Command.DBSIZE);
            assertEquals(3L, connection.getOne());
        }
    }

    @Test
    void closingIsQuickWhateverTheServerDoes() throws Exception {
        // given
        RedisServer server = server();
        Broker paused = node(server.uri(), "siaran.redis.timeout", "1m");
        receive(paused);
        Await.value(send(paused, "x"));
        server.pause();
        paused.history(CHANNEL, "1-1", "", 1);
        Broker absent = node("redis://127.0.0.1:1");
        Broker unreachable = node("redis://192.0.2.1:6379", "siaran.redis.timeout", "1m");
        for (Broker broker : List.of(paused, absent, unreachable)) {
            CompletionStage<String> waiting = send(broker, "z");

            // when
            long start = System.nanoTime();
            broker.close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            // then
            assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, took::toString);
            assertTrue(Await.failure(waiting).contains("closed"));
        }
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("siaran-redis"))
                .toList();
        assertEquals(List.of(), left);
    }
}
