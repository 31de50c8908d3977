package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** The script alone. */
class PublishScriptTest {

    private static List<String> publish(Connection connection, String publisher, int from, int to) {
        var settings = RedisSettings.read(Settings.of(Map.of("siaran.redis.history", "100000")));
        var script = new PublishScript(settings, publisher);
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
}
