package dev.siaran.redis;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node that closes while its server does not answer. */
class RedisClosingTest extends RedisTest {

    /** A node whose server has answered, and for which it would wait. */
    private Broker patient(RedisServer server) throws Exception {
        Broker broker = node(server.uri(), "siaran.redis.timeout", "1m");
        receive(broker);
        Await.value(send(broker, "x"));
        return broker;
    }

    @Test
    void whatWaitsStillReachesAServerThatIsSlowToAnswer() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = patient(server);

        // when
        server.pause();
        CompletionStage<String> waiting = send(broker, "y");
        CompletableFuture<Void> resumed = CompletableFuture.runAsync(
                () -> assertDoesNotThrow(() -> server.resume()), delayedExecutor(1, TimeUnit.SECONDS));
        broker.close();

        // then
        Await.value(resumed);
        assertFalse(Await.value(waiting).isEmpty());
    }

    @Test
    void closingIsSoonOverWhateverTheServerDoes() throws Exception {
        // given
        RedisServer server = server();
        Broker paused = patient(server);
        server.pause();
        paused.history(CHANNEL, "1-1", "", 1);
        Broker absent = quickNode("redis://127.0.0.1:1");
        Broker unreachable = quickNode("redis://192.0.2.1:6379", "siaran.redis.timeout", "1m");
        for (Broker broker : List.of(paused, absent, unreachable)) {
            CompletionStage<String> waiting = send(broker, "z");

            // when
            long start = System.nanoTime();
            broker.close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            // then
            Duration most = Duration.ofSeconds(broker == absent ? 1 : 4);
            assertTrue(took.compareTo(most) < 0, took::toString);
            assertTrue(Await.failure(waiting).contains("closed"));
        }
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("siaran-redis"))
                .toList();
        assertEquals(List.of(), left);
    }
}
