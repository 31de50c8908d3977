package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** Who the node is to the server. Every test has a server of its own. */
class RedisLoginTest extends RedisTest {

    @Test
    void aWrongPasswordIsToldOnceWithoutItAndTriedWithoutHurry() throws Exception {
        // given
        RedisServer server = server("--requirepass", "right");
        LogLines log = closing(new LogLines());

        for (String login : List.of(":wr0ng@", "")) {
            // when
            Broker broker = quickNode(server.uri().replace("//", "//" + login), "siaran.redis.timeout", "2s");
            Await.until(
                    "it is told", () -> log.of(Level.WARNING).stream().anyMatch(l -> l.contains("siaran.redis.uri")));
            Await.pass(Duration.ofSeconds(1)); // time enough for a busy loop to show
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
        Broker broker = quickNode(server.uri().replace("//", "//app:p%40ss@") + "/5");
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
}
