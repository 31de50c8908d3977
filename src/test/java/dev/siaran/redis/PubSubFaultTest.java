package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** What is lost where nothing keeps it, and that it is told. Every test has a server of its own. */
class PubSubFaultTest extends RedisTest {

    private Broker pubSubNode(String uri, String... keysAndValues) {
        List<String> all = new ArrayList<>(List.of("siaran.redis.mode", "pubsub"));
        all.addAll(List.of(keysAndValues));
        return quickNode(uri, all.toArray(String[]::new));
    }

    @Test
    void whileTheServerIsAwayPublishingWaitsAndEachSubscriberIsToldOfALoss() throws Exception {
        // given
        RedisServer server = server();
        Broker a = pubSubNode(server.uri());
        Broker b = pubSubNode(server.uri(), "siaran.publish-buffer", "100");
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        publish(a, "before");
        assertEquals(List.of("before"), atA.data(1));
        assertEquals(List.of("before"), atB.data(1));
        LogLines log = closing(new LogLines());

        // when
        server.kill9();
        Await.until("it is noticed", () -> log.of(Level.WARNING).size() == 2);
        Await.pass(Duration.ofMillis(150)); // longer than a connection is trusted that had an answer just before
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(send(b, i));
        }
        String failure = Await.failure(send(b, "too many"));
        server.restart();

        // then: what waited goes out once all have subscribed again
        assertTrue(failure.contains("siaran.publish-buffer is 100"), failure);
        for (CompletionStage<String> stage : sent) {
            Await.value(stage);
        }
        List<String> expected = new ArrayList<>(List.of(Receiver.LOST));
        expected.addAll(numbers(100));
        assertEquals(expected, atA.data(101));
        assertEquals(expected, atB.data(101));
        atA.assertNothingMore();
    }

    @Test
    void aSubscriberThatIsKilledComesBackAndIsToldOfALoss() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = pubSubNode(server.uri());
        Receiver receiver = receive(broker);

        // when
        command(server, Command.CLIENT, "KILL", "TYPE", "pubsub");
        assertEquals(List.of(Receiver.LOST), receiver.data(1));
        publish(broker, "after");

        // then
        assertEquals(List.of("after"), receiver.data(1));
    }

    @Test
    void aConnectionThatDiesInSilenceIsReplaced() throws Exception {
        // given
        RedisServer server = server();
        FaultyProxy proxy = closing(new FaultyProxy(server.port()));
        Receiver receiver = receive(pubSubNode(proxy.uri()));

        // when
        proxy.freezeOpenConnections();

        // then
        assertEquals(List.of(Receiver.LOST), receiver.data(1));
        publish(pubSubNode(server.uri()), "after");
        assertEquals(List.of("after"), receiver.data(1));
    }

    @Test
    void aPublishWhoseAnswerWasLostFailsAndIsNotSentAgain() throws Exception {
        // given
        RedisServer server = server();
        FaultyProxy proxy = closing(new FaultyProxy(server.port()));
        Receiver receiver = receive(pubSubNode(server.uri()));
        Broker behind = pubSubNode(proxy.uri());
        publish(behind, "before");
        String large = "x".repeat(4_000);

        // when
        proxy.loseAnswers(1, large.length());
        String failure = Await.failure(send(behind, large));
        publish(behind, "after");

        // then: it did arrive, which its publisher cannot know
        assertTrue(failure.contains("may have been sent or not"), failure);
        assertEquals(List.of("before", large, "after"), receiver.data(3));
        receiver.assertNothingMore();
    }

    @Test
    void aConnectionThatBrokeWhileItWasIdleCostsNoMessage() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = node(server.uri(), "siaran.redis.mode", "pubsub", "siaran.redis.timeout", "1m");
        Receiver receiver = receive(broker);
        publish(broker, "before");

        // when
        command(server, Command.CLIENT, "KILL", "TYPE", "normal");
        Await.pass(Duration.ofMillis(150)); // longer than an idle connection is trusted

        // then
        publish(broker, "after");
        assertEquals(List.of("before", "after"), receiver.data(2));
    }

    @Test
    void aUserWhoMayNotPublishIsToldWhichCommandAndOthersGoOn() throws Exception {
        // given
        RedisServer server = server();
        command(server, Command.ACL, "SETUSER", "mute", "on", ">p", "+@all", "resetchannels", "&siaran:*", "&other");
        Broker broker = pubSubNode(server.uri().replace("//", "//mute:p@"));

        // when
        String failure = Await.failure(send(broker, "x"));

        // then
        assertTrue(failure.startsWith("news: Redis refused PUBLISH: NOPERM"), failure);
        Await.value(broker.publish(new dev.siaran.spi.Message("other", null, "x")));
    }
}
