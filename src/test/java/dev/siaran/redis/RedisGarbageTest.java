package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.NastyText;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** Another program puts whatever it likes where our messages are. */
class RedisGarbageTest extends RedisTest {

    private static final int TEXTS = 500;

    private RedisServer server;

    @BeforeEach
    void start() throws Exception {
        server = server();
    }

    @Test
    void garbageInALogAndItsAnnouncementsTakesNothingFromWhoFollowsTheChannel() throws Exception {
        // given
        Broker broker = node(server.uri());
        Receiver receiver = receive(broker);
        publish(broker, "before"); // so that an announcement of 1-1 is an old one
        command(server, Command.SET, "siaran:{text}", "no stream");
        command(server, Command.XADD, "siaran:{late}", "18446744073709551615-1", "not", "ours");
        broker.subscribe("text", new Receiver());
        broker.subscribe("late", new Receiver());
        List<String> texts = NastyText.corpus(TEXTS);

        // when
        var sent = new ArrayList<CompletionStage<String>>();
        try (Connection other = server.connect()) {
            for (int i = 0; i < TEXTS; i++) {
                String text = texts.get(i);
                other.sendCommand(Command.PUBLISH, "siaran:{news}", text);
                other.sendCommand(Command.PUBLISH, "siaran:{news}", "S1 - 1-1 " + text);
                other.sendCommand(Command.PUBLISH, "siaran:{news}", "S1 " + text + " 1-1 -\n" + text);
                other.sendCommand(Command.PUBLISH, "siaran:{news}", "S1 1-1 " + text + " 1\n" + text);
                other.sendCommand(Command.PUBLISH, "siaran:{late}", text);
                other.sendCommand(Command.XADD, "siaran:{news}", "*", i % 2 == 0 ? "p" : "d", text, "l", text);
                other.sendCommand(Command.HSET, "siaran:{news}:seq", "other" + i % 10, text);
                sent.add(send(broker, i));
                other.getMany(7);
            }
        }

        // then
        assertEquals(List.of("before"), receiver.data(1));
        assertEquals(numbers(TEXTS), receiver.data(TEXTS));
        receiver.assertNothingMore();
        for (var each : sent) {
            assertTrue(StreamId.parse(Await.value(each)).isPresent());
        }
    }

    @Test
    void garbageAmongTheSequenceNumbersKeepsNoNewNodeFromPublishing() throws Exception {
        // given
        Receiver receiver = receive(node(server.uri()));
        for (int i = 0; i < 20; i++) {
            command(
                    server,
                    Command.HSET,
                    "siaran:{news}:seq",
                    "other" + i,
                    NastyText.corpus(TEXTS).get(i));
        }

        // when
        publish(node(server.uri()), 0);

        // then
        assertEquals(numbers(1), receiver.data(1));
        assertEquals(1L, command(server, Command.HLEN, "siaran:{news}:seq"));
    }

    @Test
    void garbageInPlaceOfAPairTakesNothingFromWhoFollowsTheChannel() throws Exception {
        // given
        Broker broker = node(server.uri(), "siaran.redis.mode", "pubsub");
        Receiver receiver = receive(broker);

        // when
        try (Connection other = server.connect()) {
            int i = 0;
            for (String text : NastyText.corpus(TEXTS)) {
                other.sendCommand(Command.PUBLISH, CHANNEL, text);
                other.sendCommand(Command.PUBLISH, CHANNEL, "[" + text);
                other.sendCommand(Command.PUBLISH, CHANNEL, "[\"e\", [" + text);
                other.getMany(3);
                publish(broker, i++);
            }
        }

        // then
        assertEquals(numbers(TEXTS), receiver.data(TEXTS));
        receiver.assertNothingMore();
    }

    @Test
    void noIdOfAClientMakesAReadingFail() throws Exception {
        Broker broker = node(server.uri());
        publish(broker, "kept");

        for (String id : NastyText.corpus(TEXTS)) {
            Start start = Await.value(broker.history(CHANNEL, id, "", 10)).start();
            assertTrue(id.isEmpty() || id.matches("[01]-[01]") || start == Start.UNKNOWN, () -> id + ": " + start);
        }
    }
}
