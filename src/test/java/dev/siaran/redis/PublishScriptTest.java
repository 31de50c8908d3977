package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.broker.Pending;
import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** The script alone. */
class PublishScriptTest {

    private static List<String> publish(Connection connection, String publisher, int from, int to) {
        return publish(connection, script(publisher), from, to);
    }

    private static PublishScript script(String publisher) {
        return new PublishScript(RedisSettings.read(Settings.of(Map.of("siaran.redis.history", "100000"))), publisher);
    }

    private static List<String> publish(Connection connection, PublishScript script, int from, int to) {
        connection.sendCommand(Command.SCRIPT, "LOAD".getBytes(UTF_8), script.text());
        connection.getOne();
        List<Pending> messages = LongStream.range(from, to)
                .mapToObj(sequence -> Pending.of(new Message("news", "e", "m" + sequence), sequence))
                .toList();
        connection.sendCommand(Command.EVALSHA, script.call("news", messages));
        return ((List<?>) connection.getOne())
                .stream().map(id -> new String((byte[]) id, UTF_8)).toList();
    }

    private static long length(Connection connection) {
        connection.sendCommand(Command.XLEN, "siaran:{news}");
        return (Long) connection.getOne();
    }

    @Test
    void aRepeatedBatchGetsTheIdsThatItHad() throws Exception {
        try (RedisServer server = RedisServer.start();
                Connection connection = server.connect()) {
            // given
            List<String> first = publish(connection, "a", 1, 300);
            publish(connection, "b", 1, 300);

            // when: the second part is new
            List<String> again = publish(connection, "a", 100, 400);

            // then
            assertEquals(first.subList(99, 299), again.subList(0, 200));
            assertEquals(299 + 299 + 100, length(connection));
        }
    }

    @Test
    void aRepeatedBatchFarBackIsAnsweredSoon() throws Exception {
        try (RedisServer server = RedisServer.start();
                Connection connection = server.connect()) {
            // given: more entries of others than are looked through
            List<String> first = publish(connection, "a", 1, 513);
            for (int i = 0; i < 24; i++) {
                publish(connection, "b", 1 + i * 500, 501 + i * 500);
            }
            long before = length(connection);

            // when
            long start = System.nanoTime();
            List<String> again = publish(connection, "a", 1, 513);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            // then: an answer that comes after the timeout would be asked for again, for ever
            assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, took::toString);
            assertEquals(first.get(511), again.get(0));
            assertEquals(before, length(connection));
        }
    }

    @Test
    void whatTheServerHasForgottenIsNamedByTheNextEntryOnly() throws Exception {
        try (RedisServer server = RedisServer.start();
                Connection connection = server.connect()) {
            // given: the last two are acknowledged, and a copy that is older takes over
            PublishScript script = script("a");
            publish(connection, script, 1, 3);
            connection.sendCommand(Command.DUMP, "siaran:{news}:seq");
            byte[] older = (byte[]) connection.getOne();
            List<String> ids = publish(connection, script, 3, 5);
            script.acknowledged(Pending.of(new Message("news", "e", "m4"), 4), ids.get(1));
            connection.sendCommand(Command.XDEL, "siaran:{news}", ids.get(0), ids.get(1));
            connection.getOne();
            connection.sendCommand(
                    Command.RESTORE,
                    "siaran:{news}:seq".getBytes(UTF_8),
                    "0".getBytes(UTF_8),
                    older,
                    "REPLACE".getBytes(UTF_8));
            connection.getOne();

            // when
            publish(connection, script, 5, 7);

            // then
            connection.sendCommand(Command.XRANGE, "siaran:{news}", "-", "+");
            List<Entry> entries = BuilderFactory.STREAM_ENTRY_LIST.build(connection.getOne()).stream()
                    .map(entry -> Entry.ofFields("news", entry.getID().toString(), entry.getFields()))
                    .toList();
            assertEquals(4, entries.size());
            assertEquals(ids.get(1), entries.get(2).forgotten());
            assertNull(entries.get(3).forgotten());
        }
    }

    @Test
    void whatTheServerKnowsIsNotForgotten() throws Exception {
        try (RedisServer server = RedisServer.start();
                Connection connection = server.connect()) {
            // given
            PublishScript script = script("a");
            List<String> ids = publish(connection, script, 1, 3);
            script.acknowledged(Pending.of(new Message("news", "e", "m2"), 2), ids.get(1));

            // when
            publish(connection, script, 3, 4);

            // then
            connection.sendCommand(Command.XRANGE, "siaran:{news}", "-", "+");
            BuilderFactory.STREAM_ENTRY_LIST
                    .build(connection.getOne())
                    .forEach(entry -> assertNull(entry.getFields().get("l")));
        }
    }
}
