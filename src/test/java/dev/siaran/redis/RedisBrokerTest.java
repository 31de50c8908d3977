package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Broker.Subscription;
import dev.siaran.spi.BrokerContractTest;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** The contract, and what is particular to Redis, on the server that this machine has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisBrokerTest extends BrokerContractTest {

    private RedisServer server;

    RedisServer startServer() throws Exception {
        return RedisServer.start();
    }

    @BeforeAll
    void start() throws Exception {
        server = startServer();
    }

    @BeforeEach
    void flush() {
        command(Command.FLUSHALL);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private Object command(Command command, String... arguments) {
        try (Connection connection = server.connect()) {
            connection.sendCommand(command, arguments);
            return connection.getOne();
        }
    }

    @Override
    protected Broker openNode() {
        return open(Map.of("siaran.redis.uri", server.uri()));
    }

    @Override
    protected Broker openForgetfulNode() {
        return open(Map.of("siaran.redis.uri", server.uri(), "siaran.redis.history", "10"));
    }

    static Broker open(Map<String, String> settings) {
        return new RedisBrokerProvider().configure(Settings.of(settings)).get();
    }

    @Override
    protected int nodes() {
        return 2;
    }

    private Broker node(String... keysAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of("siaran.redis.uri", server.uri()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return open(settings);
    }

    private static String publish(Broker broker, String data) throws Exception {
        return Await.value(broker.publish(new Message("news", "e", data)));
    }

    private List<String> clientNames() {
        return new String((byte[]) command(Command.CLIENT, "LIST"), UTF_8)
                .lines()
                .map(line -> line.replaceAll(".* name=(\\S*) .*", "$1"))
                .filter(name -> name.startsWith("siaran:"))
                .toList();
    }

    @Test
    void aNodeHasOneSubscriberAndItsConnectionsCarryItsName() throws Exception {
        // given
        try (Broker broker = node()) {
            List<Receiver> receivers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                var receiver = new Receiver();
                broker.subscribe("channel-" + i, receiver);
                receivers.add(receiver);
            }
            for (Receiver receiver : receivers) {
                receiver.awaitLive();
            }
            String id = publish(broker, "x");

            // when
            Await.value(broker.history("news", id, "", 1));
            List<String> names = clientNames();

            // then
            List<String> roles =
                    names.stream().map(name -> name.split(":")[2]).sorted().toList();
            assertEquals(1, roles.stream().filter("sub"::equals).count(), names::toString);
            assertEquals(1, roles.stream().filter("pub"::equals).count(), names::toString);
            assertTrue(roles.stream().filter("pool"::equals).count() <= 4, names::toString);
            assertEquals(
                    1, names.stream().map(name -> name.split(":")[1]).distinct().count(), names::toString);
        }

        // then
        Await.until("the connections are gone", () -> clientNames().isEmpty());
    }

    @Test
    void thousandsOfChannelsComeAndGoAndTheSetStaysRight() throws Exception {
        // given
        try (Broker broker = node()) {
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                int number = t;
                var thread = new Thread(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        Subscription subscription = broker.subscribe("c-" + number + "-" + i, new Receiver());
                        if (i % 10 != 0) {
                            subscription.close();
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }

            // then: those that were kept, and the canary
            Await.until(
                    "the server knows what is wanted",
                    () -> ((List<?>) command(Command.PUBSUB, "CHANNELS", "siaran:*")).size() == 4 * 100 + 1);
        }
    }

    @Test
    void keysExpireWhenTheChannelIsQuiet() throws Exception {
        try (Broker broker = node("siaran.redis.history-ttl", "10m", "siaran.redis.prefix", "app:")) {
            publish(broker, "x");
            for (String key : List.of("app:{news}", "app:{news}:seq")) {
                long seconds = (Long) command(Command.TTL, key);
                assertTrue(seconds > 590 && seconds <= 600, key + " lives " + seconds);
            }
            assertEquals(2L, command(Command.DBSIZE));
        }
    }

    @Test
    void aQuietChannelThatExpiredHasLostNothing() throws Exception {
        // given
        try (Broker broker = node("siaran.redis.history-ttl", "1s")) {
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();
            publish(broker, "before");
            Await.until(
                    "the log expires",
                    () -> command(Command.EXISTS, "siaran:{news}").equals(0L));

            // when: the node loses its subscription and comes back
            command(Command.CLIENT, "KILL", "TYPE", "PUBSUB");
            Await.until("it is back", () -> clientNames().stream().anyMatch(name -> name.endsWith(":sub")));
            publish(broker, "after");

            // then
            assertEquals(List.of("before", "after"), receiver.data(2));
        }
    }

    @Test
    void theHistoryIsTrimmedToAboutItsLength() throws Exception {
        try (Broker broker = node("siaran.redis.history", "10")) {
            for (int i = 0; i < 500; i++) {
                publish(broker, "m" + i);
            }
            long length = (Long) command(Command.XLEN, "siaran:{news}");
            assertTrue(length >= 10 && length < 250, () -> "kept " + length);
        }
    }

    @Test
    void anIdBetweenTwoOfThisChannelIsUnknown() throws Exception {
        try (Broker broker = node()) {
            // given
            String first = publish(broker, "1");
            String between = first + "1"; // a later number within the same millisecond
            Await.until(
                    "the clock moves on",
                    () -> System.currentTimeMillis() > StreamId.of(first).millis() + 1);
            publish(broker, "2");

            // when
            History page = Await.value(broker.history("news", between, "", 10));

            // then
            assertEquals(History.empty(Start.UNKNOWN), page);
        }
    }

    @Test
    void aClientThatIsAheadOfThisNodeHasMissedNothing() throws Exception {
        try (Broker broker = node()) {
            String first = publish(broker, "1");
            String second = publish(broker, "2");
            assertEquals(History.empty(Start.COMPLETE), Await.value(broker.history("news", second, first, 10)));
        }
    }

    @Test
    void entriesOfOthersInTheLogAreSkippedAndLoseNothing() throws Exception {
        try (Broker broker = node()) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();
            String first = publish(broker, "1");

            // when
            for (int i = 0; i < 5; i++) {
                command(Command.XADD, "siaran:{news}", "*", "not", "ours");
            }
            publish(broker, "2");

            // then
            assertEquals(List.of("1", "2"), receiver.data(2));
            History page = Await.value(broker.history("news", first, "", 3));
            assertEquals(
                    List.of("2"),
                    page.messages().stream().map(m -> m.message().data()).toList());
        }
    }

    @Test
    void aHoleInTheLogIsWhereAPageBegins() throws Exception {
        try (Broker broker = node()) {
            // given
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(publish(broker, "m" + i));
            }
            command(Command.XDEL, "siaran:{news}", ids.get(2));

            // when
            History page = Await.value(broker.history("news", ids.get(0), "", 10));

            // then
            assertEquals(Start.TRIMMED, page.start());
            assertEquals(
                    List.of("m3", "m4"),
                    page.messages().stream().map(m -> m.message().data()).toList());
        }
    }

    @Test
    void aMessageThatWasNotAnnouncedIsReadFromTheLogBeforeTheNext() throws Exception {
        try (Broker broker = node()) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();
            String first = publish(broker, "1");

            // when
            command(Command.XADD, "siaran:{news}", "*", "p", first, "s", "other:1", "d", "2");
            publish(broker, "3");

            // then
            assertEquals(List.of("1", "2", "3"), receiver.data(3));
        }
    }

    @Test
    void garbageOnTheChannelIsSkipped() throws Exception {
        try (Broker broker = node()) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();

            Object subscribed = command(Command.CLIENT, "LIST", "TYPE", "pubsub");
            String idBefore = new String((byte[]) subscribed, UTF_8).split(" ")[0];

            // when
            for (String garbage : List.of(
                    "",
                    "x",
                    "\n",
                    "S1",
                    "S1 \n",
                    "S1 - 1-1 -",
                    "S1 - x -\ndata",
                    "S1 x 1-1 -\ndata",
                    "S2 - 1-1 -\ndata",
                    "S1 - 1-1 99\nshort",
                    "S1 - 1-1 -1\ndata",
                    "S1 - 1-1 999999999999\ndata",
                    "[\"event\",\"data\"]",
                    "\u0000\u0001\uffff",
                    " ".repeat(100_000))) {
                command(Command.PUBLISH, "siaran:{news}", garbage);
            }
            publish(broker, "good");

            // then: on the same connection
            assertEquals(List.of("good"), receiver.data(1));
            subscribed = command(Command.CLIENT, "LIST", "TYPE", "pubsub");
            assertEquals(idBefore, new String((byte[]) subscribed, UTF_8).split(" ")[0]);
        }
    }

    @Test
    void aKeyOfAnotherTypeFailsThePublisherWithItsName() throws Exception {
        try (Broker broker = node()) {
            // given
            command(Command.SET, "siaran:{news}", "a string");
            var receiver = new Receiver();
            broker.subscribe("news", receiver);

            // when
            String failure = Await.failure(broker.publish(new Message("news", "e", "x")));

            // then
            assertTrue(failure.contains("siaran:{news}") && failure.contains("WRONGTYPE"), failure);
            publishTo(broker, "other");

            // and when it is gone, all is well
            command(Command.DEL, "siaran:{news}");
            receiver.awaitLive();
            publish(broker, "good");
            assertEquals(List.of("good"), receiver.data(1));
        }
    }

    private static void publishTo(Broker broker, String channel) throws Exception {
        Await.value(broker.publish(new Message(channel, "e", "x")));
    }

    @Test
    void aUserWhoMayNotAnnounceLeavesNothingInTheLog() throws Exception {
        // given
        command(Command.ACL, "SETUSER", "mute", "on", ">p", "~*", "+@all", "resetchannels", "&siaran:node:*");
        try (Broker broker = node("siaran.redis.uri", server.uri().replace("//", "//mute:p@"))) {
            // when
            String failure = Await.failure(broker.publish(new Message("news", "e", "x")));

            // then
            assertTrue(failure.contains("siaran:{news}"), failure);
            assertEquals(0L, command(Command.XLEN, "siaran:{news}"));
        }
    }

    @Test
    void aServerWithoutMemoryRefusesAndSaysWhy() throws Exception {
        try (Broker broker = node()) {
            // given
            publish(broker, "1");
            command(Command.CONFIG, "SET", "maxmemory", "1");
            try {
                // when
                String failure = Await.failure(broker.publish(new Message("news", "e", "2")));

                // then
                assertTrue(failure.contains("OOM"), failure);
            } finally {
                command(Command.CONFIG, "SET", "maxmemory", "0");
            }
            publish(broker, "3");
        }
    }

    @Test
    void scriptsThatTheServerForgotAreLoadedAgain() throws Exception {
        try (Broker broker = node()) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();

            // when
            for (int i = 0; i < 50; i++) {
                broker.publish(new Message("news", "e", "m" + i));
                command(Command.SCRIPT, "FLUSH");
            }
            publish(broker, "end");

            // then
            List<String> data = receiver.dataUpTo("end");
            assertEquals(51, data.size());
            assertEquals("m49", data.get(49));
        }
    }

    @Test
    void sequenceNumbersOfNodesLongGoneAreForgotten() throws Exception {
        // given
        for (int i = 0; i < 40; i++) {
            command(Command.HSET, "siaran:{news}:seq", "old-" + i, "7 1000-0");
        }
        command(Command.HSET, "siaran:{news}:seq", "recent", "7 " + System.currentTimeMillis() + "-0");

        // when
        try (Broker broker = node()) {
            publish(broker, "x");
        }

        // then
        assertEquals(2L, command(Command.HLEN, "siaran:{news}:seq"));
    }
}
