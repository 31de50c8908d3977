package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Message;
import dev.siaran.spi.Publishing;
import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** What a service with django-sse sees of a node, and a node of it. */
class PubSubWireTest extends RedisTest {

    private RedisServer server;
    private Broker broker;

    @BeforeEach
    void start() throws Exception {
        server = server();
        broker = node(server.uri(), "siaran.redis.mode", "pubsub");
    }

    private Receiver receive(String channel) throws Exception {
        var receiver = new Receiver();
        broker.subscribe(channel, receiver);
        receiver.awaitLive();
        return receiver;
    }

    @Test
    void whatIsPublishedIsTheArrayThatPythonWritesOnTheChannelOfThatName() throws Exception {
        try (Connection python = server.connect()) {
            // given
            python.sendCommand(Command.SUBSCRIBE, "sse", "kanal/é");
            python.getOne();
            python.getOne();

            // when
            String id = Await.value(broker.publish(new Message("sse", "headline", "It \"works\"\nin Zürich")));
            Await.value(broker.publish(new Message("kanal/é", null, "unnamed")));

            // then
            assertEquals("", id);
            assertEquals("sse [\"headline\", \"It \\\"works\\\"\\nin Z\\u00fcrich\"]", nextMessage(python));
            assertEquals("kanal/é [\"message\", \"unnamed\"]", nextMessage(python));
            assertEquals(0L, command(server, Command.DBSIZE));
        }
    }

    private static String nextMessage(Connection connection) {
        List<?> push = (List<?>) connection.getOne();
        return new String((byte[]) push.get(1), UTF_8) + ' ' + new String((byte[]) push.get(2), UTF_8);
    }

    @Test
    void whatDjangoPublishesArrives() throws Exception {
        // given
        Receiver receiver = receive("sse");

        // when
        command(server, Command.PUBLISH, "sse", "[\"headline\", \"Z\\u00fcrich \\ud83c\\udf89\"]");
        command(server, Command.PUBLISH, "sse", "[\"message\", [\"two\", \"lines\"]]");

        // then
        assertEquals(
                new Message("sse", "headline", "Zürich 🎉"), receiver.next().message());
        assertEquals(new Message("sse", null, "two\nlines"), receiver.next().message());
    }

    @Test
    void whatIsNotInThatFormIsSkippedAndToldOnce() throws Exception {
        // given
        Receiver receiver = receive("sse");
        Object subscriber = command(server, Command.CLIENT, "LIST", "TYPE", "pubsub");
        LogLines log = closing(new LogLines());

        // when
        for (String garbage : List.of("", "{}", "[1, 2]", "[\"e\"]", "\0\1", "S1 - 1-1 -\nx", "[".repeat(100_000))) {
            command(server, Command.PUBLISH, "sse", garbage);
        }
        command(server, Command.PUBLISH, "sse", "[\"e\", \"good\"]");

        // then: on the same connection
        assertEquals(List.of("good"), receiver.data(1));
        assertEquals(idOf(subscriber), idOf(command(server, Command.CLIENT, "LIST", "TYPE", "pubsub")));
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        assertTrue(log.of(Level.WARNING).get(0).contains("sse: skipped a message of 0 bytes"), log.all()::toString);
    }

    private static String idOf(Object clientList) {
        return new String((byte[]) clientList, UTF_8).split(" ")[0];
    }

    @Test
    void channelsThatComeAndGoMissNothingOnceTheyAreLive() throws Exception {
        // given: somebody publishes all the time, and the subscription of a channel is left and taken again
        var fromElsewhere = closing(new Publishing(node(server.uri(), "siaran.redis.mode", "pubsub"), CHANNEL, ""));
        List<Receiver> receivers = new ArrayList<>();
        Broker.Subscription subscription = () -> {};
        for (int i = 0; i < 200; i++) {
            subscription.close();
            var receiver = new Receiver();
            subscription = broker.subscribe(CHANNEL, receiver);
            receivers.add(receiver);
        }

        // when
        Receiver last = receivers.get(199);
        last.awaitLive();
        int count = fromElsewhere.finish();
        publish(broker, count);

        // then
        List<String> data = last.dataUpTo(String.valueOf(count));
        int first = Integer.parseInt(data.get(0));
        assertEquals(numbers(count + 1).subList(first, count + 1), data);
    }
}
