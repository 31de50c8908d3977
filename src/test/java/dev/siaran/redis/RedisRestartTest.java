package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Publishing;
import dev.siaran.spi.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** The server goes, with its data or without, and comes back. Every test has a server of its own. */
class RedisRestartTest extends RedisTest {

    @Test
    void killedAndRestartedWithItsFileEveryNodeGetsEveryEventOnce() throws Exception {
        // given: a server that answers only when the file is written, which "everysec" does not promise
        RedisServer server = server("--appendfsync", "always");
        Broker a = quickNode(server.uri(), "siaran.redis.history", "100000");
        Broker b = quickNode(server.uri(), "siaran.redis.history", "100000");
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Publishing fromA = closing(new Publishing(a, CHANNEL, "a"));
        Publishing fromB = closing(new Publishing(b, CHANNEL, "b"));

        // when
        for (int round = 1; round <= 4; round++) {
            String mark = Await.value(send(a, "!" + (round - 1)));
            server.kill9();
            server.restart();
            assertFalse(mark.isEmpty());
        }
        int count = fromA.finish() + fromB.finish() + 4;

        // then
        assertAllOnce(count, atA, atB);
    }

    @Test
    void aRestartWithoutDataIsToldAndDeliveryGoesOn() throws Exception {
        // given
        RedisServer server = server();
        Broker a = quickNode(server.uri());
        Broker b = quickNode(server.uri());
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Receiver quiet = new Receiver();
        b.subscribe("quiet", quiet);
        quiet.awaitLive();
        Await.value(send(a, "before"));
        assertEquals(List.of("before"), atA.data(1));
        assertEquals(List.of("before"), atB.data(1));

        // when
        server.kill9();
        server.restartEmpty();
        Await.value(send(a, "after"));
        Await.value(send(b, "end"));

        // then: also a channel that this node has had no message of may have had one
        List<String> expected = List.of(Receiver.LOST, "after", "end");
        assertEquals(expected, atA.data(3));
        assertEquals(expected, atB.data(3));
        assertEquals(List.of(Receiver.LOST), quiet.data(1));
        atA.assertNothingMore();
        atB.assertNothingMore();
    }

    @Test
    void anAbsentServerIsWaitedForAndToldOnce() throws Exception {
        // given
        RedisServer server = server("--requirepass", "s3cret");
        server.kill9();
        LogLines log = closing(new LogLines());

        // when
        long start = System.nanoTime();
        Broker broker = quickNode(server.uri().replace("//", "//:s3cret@"));
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sent.add(send(broker, i));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        CompletionStage<?> history = broker.history(CHANNEL, "1-1", "", 1);
        assertTrue(Await.failure(history).contains(String.valueOf(server.port())));

        // then
        assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, took::toString);
        assertFalse(receiver.isLive());
        Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());

        // when
        server.restart();
        String start0 = receiver.awaitLive();
        for (CompletionStage<String> stage : sent) {
            Await.value(stage);
        }
        Await.value(send(broker, 1_000));

        // then: all that was published, in order, from the start id on
        int first = start0.isEmpty()
                ? 0
                : 1
                        + sent.stream()
                                .map(s -> s.toCompletableFuture().join())
                                .toList()
                                .indexOf(start0);
        assertEquals(numbers(1_001).subList(first, 1_001), receiver.data(1_001 - first));
        Await.until("the end is told", () -> log.of(Level.INFO).size() == 1);
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        String warning = log.of(Level.WARNING).get(0);
        assertTrue(warning.contains("siaran.redis.uri") && warning.contains("127.0.0.1:" + server.port()), warning);
        assertFalse(log.all().toString().contains("s3cret"), log.all()::toString);
    }

    @Test
    void anOutageIsToldOnceThoughTheIdlePublisherNoticesItLate() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = quickNode(server.uri(), "siaran.redis.timeout", "1m");
        receive(broker);
        Await.value(send(broker, "before"));
        LogLines log = closing(new LogLines());

        // when
        server.kill9();
        server.restart();
        Await.until("the end is told", () -> !log.of(Level.INFO).isEmpty());
        Await.value(send(broker, "after"));

        // then
        assertEquals(2, log.all().size(), log.all()::toString);
    }

    @Test
    void aBacklogLongerThanTheHistoryReachesEveryNode() throws Exception {
        // given
        RedisServer server = server("--appendfsync", "always");
        Broker a = quickNode(server.uri(), "siaran.redis.history", "100");
        List<Receiver> receivers = new ArrayList<>(List.of(receive(a)));
        for (int i = 0; i < 6; i++) {
            receivers.add(receive(quickNode(server.uri())));
        }

        // when: away for so long that the nodes try seldom, each at a time of its own
        server.kill9();
        for (int i = 0; i < 5_000; i++) {
            send(a, i);
        }
        Await.pass(Duration.ofMillis(1_500));
        server.restart();

        // then
        for (Receiver receiver : receivers) {
            assertEquals(numbers(5_000), receiver.data(5_000));
        }
    }

    @Test
    void aFullBufferFailsThePublisherAndWhatWasBufferedGoesOutOnReturn() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = quickNode(server.uri(), "siaran.publish-buffer", "100");
        Receiver receiver = receive(broker);
        server.kill9();

        // when
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(send(broker, i));
        }
        String failure = Await.failure(send(broker, "too many"));

        // then
        assertTrue(failure.contains("full") && failure.contains("siaran.publish-buffer is 100"), failure);
        server.restart();
        assertEquals(numbers(100), receiver.data(100));
        for (CompletionStage<String> stage : sent) {
            Await.value(stage);
        }
        Await.value(send(broker, 100));
        assertEquals("100", receiver.next().message().data());
    }

    @Test
    void aBufferFullOfBytesFailsThePublisher() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = quickNode(server.uri(), "siaran.publish-buffer-bytes", "1KiB");

        // when
        String failure = Await.failure(send(broker, "x".repeat(2_000)));

        // then
        assertTrue(failure.contains("siaran.publish-buffer-bytes is 1024 bytes"), failure);
        Await.value(send(broker, "small"));
    }
}
