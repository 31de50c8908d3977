package dev.siaran.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Publishing;
import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Three servers with a replica of the stream each: a node needs any of them, and the stream a majority. */
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isProcessExpected", disabledReason = RabbitServer.MISSING)
class RabbitClusterTest {

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    private Broker node(String uri) {
        return closing(RabbitBrokerTest.open(Map.of(
                "siaran.rabbitmq.uri", uri,
                "siaran.publish-buffer", "100000",
                "siaran.publish-buffer-bytes", "64MiB")));
    }

    @Test
    void aServerThatIsKilledIsReplacedByAnotherAndWithoutAMajorityEventsWait() throws Exception {
        // given
        RabbitCluster cluster = closing(new RabbitCluster());
        Broker a = node(cluster.uri());
        Broker b = node(cluster.uri());
        Receiver atA = RabbitTest.receive(a);
        Receiver atB = RabbitTest.receive(b);
        String begin = RabbitTest.publish(a, "x0");
        RabbitTest.letSettle(a);
        Publishing fromA = closing(new Publishing(a, RabbitTest.CHANNEL, "a"));
        Publishing fromB = closing(new Publishing(b, RabbitTest.CHANNEL, "b"));

        // when: first the one that leads, then another
        RabbitProcess first = cluster.leader();
        first.kill9();
        RabbitTest.await(RabbitTest.send(a, "x1"));
        RabbitProcess second = cluster.other(first);
        second.kill9();
        CompletionStage<String> waiting = RabbitTest.send(a, "x2");
        second.restart();
        RabbitTest.await(waiting);
        int count = fromA.finish() + fromB.finish() + 3;

        // then
        RabbitTest.assertAllOnce(count, atA, atB);
        History page = Await.value(b.history(RabbitTest.CHANNEL, begin, "", 10));
        assertEquals(Start.COMPLETE, page.start());
        assertEquals(10, page.messages().size());
    }

    @Test
    void thoseThatWereTriedAreNamedInTheOrderOfTheSetting() throws Exception {
        // given
        LogLines log = closing(new LogLines());

        // when
        Broker broker = node("amqp://app:s3cret@127.0.0.1:1,127.0.0.1:2");
        CompletionStage<String> waiting = RabbitTest.send(broker, "x");
        Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());

        // then
        String line = log.of(Level.WARNING).get(0);
        assertTrue(line.contains("RabbitMQ at 127.0.0.1:1, 127.0.0.1:2 (siaran.rabbitmq.uri"), line);
        assertTrue(line.endsWith("127.0.0.1:1: Connection refused; 127.0.0.1:2: Connection refused"), line);
        assertFalse(waiting.toCompletableFuture().isDone());
    }
}
