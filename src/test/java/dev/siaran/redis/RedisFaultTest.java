package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Publishing;
import dev.siaran.spi.Receiver;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** The way to the server breaks, or the server does not answer for a while. Every test has a server of its own. */
class RedisFaultTest extends RedisTest {

    @Test
    void aSubscriberThatIsKilledMissesNothing() throws Exception {
        // given
        RedisServer server = server();
        Broker a = quickNode(server.uri());
        Broker b = quickNode(server.uri());
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Publishing fromA = closing(new Publishing(a, CHANNEL, "a"));

        // when
        for (int i = 0; i < 10; i++) {
            Await.until(
                    "both nodes are subscribed",
                    () -> ((List<?>) command(server, Command.PUBSUB, "NUMSUB", "siaran:{news}"))
                            .get(1)
                            .equals(2L));
            command(server, Command.CLIENT, "KILL", "TYPE", "pubsub");
        }
        int count = fromA.finish();

        // then
        assertAllOnce(count, atA, atB);
    }

    @Test
    void aChannelThatBeginsAfterAFlushHasLostNothingByIt() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = quickNode(server.uri());
        var earlier = new Receiver();
        broker.subscribe("earlier", earlier);
        earlier.awaitLive();
        command(server, Command.FLUSHALL);
        Receiver receiver = receive(broker);
        publish(broker, "before");

        // when
        command(server, Command.CLIENT, "KILL", "TYPE", "pubsub");
        assertEquals(List.of(Receiver.LOST), earlier.data(1));
        publish(broker, "after");

        // then
        assertEquals(List.of("before", "after"), receiver.data(2));
    }

    @Test
    void aChannelThatIsAskedForWhileThereIsNoWayToTheServerHasAllThatComesFromThenOn() throws Exception {
        // given
        RedisServer server = server();
        Broker elsewhere = quickNode(server.uri());
        Await.value(send(elsewhere, "before"));
        Await.pass(Duration.ofMillis(100)); // what is a few milliseconds older may come, too
        var nobody = closing(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        FaultyProxy proxy = closing(new FaultyProxy(nobody.getLocalPort()));
        Broker broker = quickNode(proxy.uri());
        var receiver = new Receiver();

        // when
        broker.subscribe(CHANNEL, receiver);
        Await.value(send(elsewhere, "meanwhile"));
        Await.value(send(elsewhere, "and more"));
        Await.pass(Duration.ofMillis(200)); // what takes less is not looked back for
        proxy.redirect(server.port());
        receiver.awaitLive();
        Await.value(send(elsewhere, "after"));

        // then
        assertEquals(List.of("meanwhile", "and more", "after"), receiver.data(3));
    }

    @Test
    void connectionsThatAreKilledWhilePublishingRepeatNothing() throws Exception {
        // given
        RedisServer server = server();
        Broker a = quickNode(server.uri());
        Receiver atA = receive(a);
        Publishing fromA = closing(new Publishing(a, CHANNEL, "a"));

        // when
        for (int i = 0; i < 20; i++) {
            Await.value(send(a, "!" + i));
            command(server, Command.CLIENT, "KILL", "TYPE", "normal");
        }
        int count = fromA.finish() + 20;

        // then
        assertAllOnce(count, atA);
    }

    @Test
    void aPublishWhoseAnswerWasLostIsNotSentTwice() throws Exception {
        // given
        RedisServer server = server();
        FaultyProxy proxy = closing(new FaultyProxy(server.port()));
        Broker direct = quickNode(server.uri());
        Broker behind = quickNode(proxy.uri());
        Receiver receiver = receive(direct);
        String first = Await.value(send(behind, 0));

        // when: three times in a row the server publishes a batch and its answer is lost
        proxy.loseAnswers(3, 4_000);
        List<CompletionStage<String>> sent = new ArrayList<>();
        while (proxy.answersLeftToLose() > 0) {
            for (int i = 0; i < 200; i++) {
                sent.add(send(behind, sent.size() + 1));
            }
            Await.value(sent.get(sent.size() - 1));
        }

        // then: each has arrived once, and each caller has learned the id of its own
        List<String> ids = new ArrayList<>(List.of(first));
        for (CompletionStage<String> stage : sent) {
            ids.add(Await.value(stage));
        }
        for (int i = 0; i < ids.size(); i++) {
            var message = receiver.next();
            assertEquals(String.valueOf(i), message.message().data());
            assertEquals(ids.get(i), message.id());
        }
        receiver.assertNothingMore();
    }

    @Test
    void aPausedServerIsNoticedAndNothingIsLostOrRepeated() throws Exception {
        // given
        RedisServer server = server();
        Broker a = quickNode(server.uri(), "siaran.redis.timeout", "600ms");
        Receiver receiver = receive(a);
        LogLines log = closing(new LogLines());

        // when: commands reach the paused process, which carries them out much later
        server.pause();
        for (int i = 0; i < 500; i++) {
            send(a, i);
        }
        Await.until("it is noticed", () -> !log.of(Level.WARNING).isEmpty());
        server.resume();
        Await.value(send(a, 500));

        // then
        assertEquals(numbers(501), receiver.data(501));
        Await.until("the end is told", () -> log.of(Level.INFO).size() == 1);
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        receiver.assertNothingMore();
    }

    @Test
    void aServerThatMayNotBeWrittenForAWhileIsWaitedFor() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = quickNode(server.uri());
        Receiver receiver = receive(broker);
        Await.value(send(broker, 0));
        LogLines log = closing(new LogLines());

        // when: as during a failover
        command(server, Command.REPLICAOF, "127.0.0.1", "1");
        for (int i = 1; i < 100; i++) {
            send(broker, i);
        }
        Await.until("it is told", () -> log.of(Level.WARNING).stream().anyMatch(line -> line.contains("READONLY")));
        command(server, Command.REPLICAOF, "NO", "ONE");
        Await.value(send(broker, 100));

        // then
        assertEquals(numbers(101), receiver.data(101));
    }

    @Test
    void anIdleSubscriptionIsLeftAlone() throws Exception {
        // given: a node that takes two seconds of silence for a broken connection
        RedisServer server = server();
        Broker broker = quickNode(server.uri(), "siaran.redis.timeout", "600ms");
        receive(broker);
        String before = subscriberIds(server);

        // when: twice as long
        String canaries = "(?s).*cmdstat_publish:calls=(\\d+).*";
        Await.until("canaries have been sent", () -> {
            String stats = new String((byte[]) command(server, Command.INFO, "commandstats"), UTF_8);
            return stats.matches(canaries) && Integer.parseInt(stats.replaceAll(canaries, "$1")) > 6;
        });

        // then
        assertEquals(before, subscriberIds(server));
    }

    private static String subscriberIds(RedisServer server) {
        return new String((byte[]) command(server, Command.CLIENT, "LIST", "TYPE", "pubsub"), UTF_8)
                .replaceAll("(?m)^id=(\\d+) .*$", "$1");
    }

    @Test
    void aConnectionThatDiesInSilenceIsReplaced() throws Exception {
        // given
        RedisServer server = server();
        FaultyProxy proxy = closing(new FaultyProxy(server.port()));
        Broker direct = quickNode(server.uri());
        Receiver receiver = receive(quickNode(proxy.uri()));
        Await.value(send(direct, 0));
        assertEquals(numbers(1), receiver.data(1));

        // when
        proxy.freezeOpenConnections();
        Await.value(send(direct, 1));

        // then
        assertEquals("1", receiver.next().message().data());
    }

    @Test
    void aSubscriptionThatStaysBehindOnAnotherServerIsGivenUpThoughItIsNotSilent() throws Exception {
        // given: a name that leads to another server from now on, while the old one goes on speaking
        RedisServer old = server();
        RedisServer now = server();
        FaultyProxy proxy = closing(new FaultyProxy(old.port()));
        Receiver receiver = receive(quickNode(proxy.uri()));
        closing(new Publishing(quickNode(old.uri()), CHANNEL, "old-"));
        receiver.next();

        // when: all connections break but those that are subscribed
        proxy.redirect(now.port());
        command(old, Command.CLIENT, "KILL", "TYPE", "normal");

        // then
        Await.until("the new server has the subscription", () -> {
            List<?> subscribers = (List<?>) command(now, Command.PUBSUB, "NUMSUB", "siaran:{news}");
            return subscribers.get(1).equals(1L);
        });
        publish(quickNode(now.uri()), "new");
        List<String> data = receiver.dataUpTo("new");
        assertTrue(data.contains(Receiver.LOST), data::toString);
    }
}
