package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;

/** A server that answers, but that it cannot, or that there is no such thing. */
class RedisNotReadyTest extends RedisTest {

    @Test
    void aServerThatLoadsItsDataIsWaitedForAndSaysSo() throws Exception {
        // given: so many keys that it looks around several times, once in 1024, while it loads them slowly
        RedisServer server = server("--key-load-delay", "200");
        Broker broker = node(server.uri(), "siaran.redis.timeout", "1s");
        Receiver receiver = receive(broker);
        try (Pipeline pipeline = new Pipeline(server.connect())) {
            for (int i = 0; i < 8_000; i++) {
                pipeline.set("key-" + i, "x".repeat(50));
            }
        }
        publish(broker, 0);
        LogLines log = closing(new LogLines());

        // when
        server.kill9();
        List<CompletionStage<String>> sent = List.of(send(broker, 1), send(broker, 2));
        server.restart();

        // then
        for (CompletionStage<String> stage : sent) {
            Await.value(stage);
        }
        assertEquals(numbers(3), receiver.data(3));
        assertTrue(log.of(Level.WARNING).stream().anyMatch(line -> line.contains("LOADING")), log.all()::toString);
        assertTrue(log.of(Level.WARNING).size() <= 3, log.all()::toString);
    }

    @Test
    void aServerThatCouldNotSaveRefusesAndSaysWhy(@TempDir Path folder) throws Exception {
        // given: a folder where the file would be
        RedisServer server = closing(RedisServer.start(
                RedisServer.Kind.EMBEDDED, "--dir", folder.toString(), "--dbfilename", "dump", "--appendonly", "no"));
        Files.createDirectory(folder.resolve("dump"));
        Broker broker = node(server.uri());
        Receiver receiver = receive(broker);
        publish(broker, "before");
        LogLines log = closing(new LogLines());

        // when
        command(server, Command.CONFIG, "SET", "save", "3600 1");
        command(server, Command.BGSAVE);
        Await.until("it refuses", () -> {
            CompletionStage<String> sent = send(broker, "x");
            return sent.handle((id, failure) -> failure != null)
                    .toCompletableFuture()
                    .get();
        });
        String failure = Await.failure(send(broker, "y"));

        // then
        assertTrue(
                failure.startsWith("news: Redis refused to publish to siaran:{news}: ") && failure.contains("MISCONF"),
                failure);
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        command(server, Command.CONFIG, "SET", "save", "");
        publish(broker, "after");
        List<String> data = receiver.dataUpTo("after");
        assertEquals("before", data.get(0));
        assertTrue(!data.contains("y"), data::toString);
    }

    @Test
    void aDatabaseThatDoesNotExistIsToldOnceAndTriedWithoutHurry() throws Exception {
        // given
        RedisServer server = server("--databases", "4");
        LogLines log = closing(new LogLines());

        // when
        Broker broker = node(server.uri() + "/7");
        send(broker, "x");
        Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());
        Await.pass(Duration.ofSeconds(1)); // time enough for a busy loop to show
        broker.close();

        // then
        assertEquals(1, log.all().size(), log.all()::toString);
        String line = log.all().get(0);
        assertTrue(line.contains("siaran.redis.uri") && line.contains("DB index is out of range"), line);
        long connections = new String((byte[]) command(server, Command.INFO, "stats"))
                .lines()
                .filter(stat -> stat.startsWith("total_connections_received:"))
                .mapToLong(stat -> Long.parseLong(stat.replaceAll("\\D", "")))
                .sum();
        assertTrue(connections < 40, "connections: " + connections);
    }

    @Test
    void aKeyOfAnotherTypeBesideTheLogIsNamedAndOtherChannelsGoOn() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = node(server.uri());
        command(server, Command.SET, "siaran:{news}:seq", "a string");
        LogLines log = closing(new LogLines());

        // when
        String failure = Await.failure(send(broker, "x"));

        // then
        assertTrue(failure.contains("siaran:{news}") && failure.contains("WRONGTYPE"), failure);
        assertEquals(1, log.all().size(), log.all()::toString);
        Await.value(broker.publish(new dev.siaran.spi.Message("other", "e", "x")));
        assertEquals(0L, command(server, Command.EXISTS, "siaran:{news}"));
    }
}
