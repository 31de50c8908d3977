package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** What the server refuses, and what others put where it does not belong. */
@ParameterizedClass
@MethodSource("dev.siaran.redis.RedisServer#kinds")
class RedisRefusalTest extends RedisTest {

    private final RedisServer.Kind kind;
    private RedisServer server;

    RedisRefusalTest(RedisServer.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws Exception {
        server = closing(RedisServer.start(kind));
    }

    @Test
    void garbageOnTheChannelIsSkipped() throws Exception {
        try (Broker broker = node(server.uri())) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            receiver.awaitLive();

            Object subscribed = command(server, Command.CLIENT, "LIST", "TYPE", "pubsub");
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
                command(server, Command.PUBLISH, "siaran:{news}", garbage);
            }
            publish(broker, "good");

            // then: on the same connection
            assertEquals(List.of("good"), receiver.data(1));
            subscribed = command(server, Command.CLIENT, "LIST", "TYPE", "pubsub");
            assertEquals(idBefore, new String((byte[]) subscribed, UTF_8).split(" ")[0]);
        }
    }

    @Test
    void aKeyOfAnotherTypeFailsThePublisherWithItsName() throws Exception {
        try (Broker broker = node(server.uri())) {
            // given
            command(server, Command.SET, "siaran:{news}", "a string");
            var receiver = new Receiver();
            broker.subscribe("news", receiver);

            // when
            String failure = Await.failure(broker.publish(new Message("news", "e", "x")));

            // then
            assertTrue(failure.contains("siaran:{news}") && failure.contains("WRONGTYPE"), failure);
            Await.value(broker.publish(new Message("other", "e", "x")));

            // and when it is gone, all is well
            command(server, Command.DEL, "siaran:{news}");
            receiver.awaitLive();
            publish(broker, "good");
            assertEquals(List.of("good"), receiver.data(1));
        }
    }

    @Test
    void aUserWhoMayNotAnnounceLeavesNothingInTheLog() throws Exception {
        // given
        command(server, Command.ACL, "SETUSER", "mute", "on", ">p", "~*", "+@all", "resetchannels", "&siaran:node:*");
        try (Broker broker = node(server.uri().replace("//", "//mute:p@"))) {
            // when
            String failure = Await.failure(broker.publish(new Message("news", "e", "x")));

            // then
            assertTrue(failure.contains("siaran:{news}"), failure);
            assertEquals(0L, command(server, Command.XLEN, "siaran:{news}"));
        }
    }

    @Test
    void whatIsRefusedHasNotGoneOut() throws Exception {
        Receiver receiver = receive(node(server.uri()));
        for (String missing : List.of("hset", "pexpire", "xadd")) {
            // given
            Broker broker = node(documentedUser(server, "-" + missing));

            // when
            String failure = Await.failure(send(broker, "x"));

            // then
            assertTrue(failure.contains("siaran:{news}"), failure);
            assertEquals(0L, command(server, Command.XLEN, "siaran:{news}"), missing);
        }
        publish(node(documentedUser(server)), "y");
        assertEquals(List.of("y"), receiver.data(1));
    }

    @Test
    void aServerWithoutMemoryRefusesAndSaysWhy() throws Exception {
        try (Broker broker = node(server.uri())) {
            // given
            publish(broker, "1");
            command(server, Command.CONFIG, "SET", "maxmemory", "1");
            try {
                // when
                String failure = Await.failure(broker.publish(new Message("news", "e", "2")));

                // then
                assertTrue(failure.contains("OOM"), failure);
            } finally {
                command(server, Command.CONFIG, "SET", "maxmemory", "0");
            }
            publish(broker, "3");
        }
    }
}
