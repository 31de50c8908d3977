package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** The stream that keeps a channel: how long it is, how long it lives, and what else may be in it. */
@ParameterizedClass
@MethodSource("dev.siaran.redis.RedisServer#kinds")
class RedisLogTest extends RedisTest {

    private final RedisServer.Kind kind;
    private RedisServer server;

    RedisLogTest(RedisServer.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws Exception {
        server = closing(RedisServer.start(kind));
    }

    @Test
    void keysExpireWhenTheChannelIsQuiet() throws Exception {
        try (Broker broker = node(server.uri(), "siaran.redis.history-ttl", "10m", "siaran.redis.prefix", "app:")) {
            publish(broker, "x");
            for (String key : List.of("app:{news}", "app:{news}:seq")) {
                long seconds = (Long) command(server, Command.TTL, key);
                assertTrue(seconds > 590 && seconds <= 600, key + " lives " + seconds);
            }
            assertEquals(2L, command(server, Command.DBSIZE));
        }
    }

    @Test
    void aQuietChannelThatExpiredHasLostNothing() throws Exception {
        // given
        try (Broker broker = node(server.uri(), "siaran.redis.history-ttl", "1s")) {
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();
            publish(broker, "before");
            Await.until(
                    "the log expires",
                    () -> command(server, Command.EXISTS, "siaran:{news}").equals(0L));

            // when: the node loses its subscription and comes back
            command(server, Command.CLIENT, "KILL", "TYPE", "PUBSUB");
            Await.until("it is back", () -> clientNames(server).stream().anyMatch(name -> name.endsWith(":sub")));
            publish(broker, "after");

            // then
            assertEquals(List.of("before", "after"), receiver.data(2));
        }
    }

    @Test
    void theHistoryIsTrimmedToAboutItsLength() throws Exception {
        try (Broker broker = node(server.uri(), "siaran.redis.history", "10")) {
            for (int i = 0; i < 500; i++) {
                publish(broker, "m" + i);
            }
            long length = (Long) command(server, Command.XLEN, "siaran:{news}");
            assertTrue(length >= 10 && length < 250, () -> "kept " + length);
        }
    }

    @Test
    void messagesOlderThanTheirGreatestAgeAreForgottenWithTheNext() throws Exception {
        try (Broker broker = node(server.uri(), "siaran.redis.history-max-age", "1s")) {
            // given
            String first = publish(broker, "1");
            String second = publish(broker, "2");
            Await.until(
                    "both are too old",
                    () -> System.currentTimeMillis() > StreamId.of(second).millis() + 1_000);

            // when
            publish(broker, "3");
            publish(broker, "4");

            // then: a client that has seen the second has missed nothing
            assertEquals(2L, command(server, Command.XLEN, "siaran:{news}"));
            assertEquals(
                    Start.TRIMMED,
                    Await.value(broker.history("news", first, "", 10)).start());
            assertEquals(
                    Start.COMPLETE,
                    Await.value(broker.history("news", second, "", 10)).start());
        }
    }

    @Test
    void anIdBetweenTwoOfThisChannelIsUnknown() throws Exception {
        try (Broker broker = node(server.uri())) {
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
        try (Broker broker = node(server.uri())) {
            String first = publish(broker, "1");
            String second = publish(broker, "2");
            assertEquals(History.empty(Start.COMPLETE), Await.value(broker.history("news", second, first, 10)));
        }
    }

    @Test
    void entriesOfOthersInTheLogAreSkippedAndLoseNothing() throws Exception {
        try (Broker broker = node(server.uri())) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();
            String first = publish(broker, "1");

            // when
            for (int i = 0; i < 5; i++) {
                command(server, Command.XADD, "siaran:{news}", "*", "not", "ours");
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
        try (Broker broker = node(server.uri())) {
            // given
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(publish(broker, "m" + i));
            }
            command(server, Command.XDEL, "siaran:{news}", ids.get(2));

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
        try (Broker broker = node(server.uri())) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();
            String first = publish(broker, "1");

            // when
            command(server, Command.XADD, "siaran:{news}", "*", "p", first, "s", "other:1", "d", "2");
            publish(broker, "3");

            // then
            assertEquals(List.of("1", "2", "3"), receiver.data(3));
        }
    }

    @Test
    void sequenceNumbersOfNodesLongGoneAreForgotten() throws Exception {
        // given
        for (int i = 0; i < 40; i++) {
            command(server, Command.HSET, "siaran:{news}:seq", "old-" + i, "7 1000-0");
        }
        command(server, Command.HSET, "siaran:{news}:seq", "recent", "7 " + System.currentTimeMillis() + "-0");

        // when
        try (Broker broker = node(server.uri())) {
            publish(broker, "x");
        }

        // then
        assertEquals(2L, command(server, Command.HLEN, "siaran:{news}:seq"));
    }

    @Test
    void scriptsThatTheServerForgotAreLoadedAgain() throws Exception {
        try (Broker broker = node(server.uri())) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();

            // when
            for (int i = 0; i < 50; i++) {
                broker.publish(new Message("news", "e", "m" + i));
                command(server, Command.SCRIPT, "FLUSH");
            }
            publish(broker, "end");

            // then
            List<String> data = receiver.dataUpTo("end");
            assertEquals(51, data.size());
            assertEquals("m49", data.get(49));
        }
    }
}
