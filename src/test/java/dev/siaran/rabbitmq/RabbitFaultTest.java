package dev.siaran.rabbitmq;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Publishing;
import dev.siaran.spi.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The server or the way to it fails. */
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isExpected", disabledReason = RabbitServer.MISSING)
class RabbitFaultTest extends RabbitTest {

    @Test
    void aServerThatIsKilledUnderLoadLosesAndRepeatsNothing() throws Exception {
        // given: room for an outage of minutes
        Broker a = node("siaran.publish-buffer", "100000", "siaran.publish-buffer-bytes", "64MiB");
        Broker b = node("siaran.publish-buffer", "100000", "siaran.publish-buffer-bytes", "64MiB");
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        LogLines log = closing(new LogLines());
        Publishing fromA = closing(new Publishing(a, CHANNEL, "a"));
        Publishing fromB = closing(new Publishing(b, CHANNEL, "b"));

        // when
        for (int i = 0; i < 5; i++) {
            await(send(a, "x" + i));
            letSettle(a);
            letSettle(b);
            server().kill9();
            server().restart();
        }
        await(send(a, "x5"));
        int count = fromA.finish() + fromB.finish() + 6;

        // then
        assertAllOnce(count, atA, atB);
        assertEquals(10, log.of(Level.WARNING).size(), log.all()::toString); // two nodes, five outages
    }

    @Test
    void connectionsThatAreKilledUnderLoadLoseAndRepeatNothing() throws Exception {
        // given
        Broker a = node();
        Broker b = node();
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Publishing fromA = closing(new Publishing(a, CHANNEL, "a"));

        // when
        for (int i = 0; i < 5; i++) {
            publish(a, "x" + i);
            server().ctl("close_all_connections", "a test");
        }
        int count = fromA.finish() + 5;

        // then
        assertAllOnce(count, atA, atB);
    }

    @Test
    void aPausedServerIsNoticedAndNothingIsLostOrRepeated() throws Exception {
        // given
        Broker broker = node("siaran.rabbitmq.timeout", "300ms");
        Receiver receiver = receive(broker);
        LogLines log = closing(new LogLines());

        // when: what is sent meanwhile reaches the paused process, which takes it much later
        server().pause();
        for (int i = 0; i < 500; i++) {
            send(broker, i);
        }
        try {
            Await.until("it is noticed", () -> !log.of(Level.WARNING).isEmpty());
        } finally {
            server().resume();
        }
        publish(broker, 500);

        // then
        assertEquals(numbers(501), receiver.data(501));
        receiver.assertNothingMore();
        Await.until("the end is told", () -> log.of(Level.INFO).size() == 1);
    }

    @Test
    void aStreamThatIsDeletedIsMadeAgainAndWhatWasLostIsTold() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker);
        publish(broker, "before");
        String old = publish(broker, "also before");
        receiver.data(2);

        // when
        server().command(channel -> channel.queueDelete(stream()));
        String id = publish(broker, "after");

        // then
        assertEquals(List.of(Receiver.LOST, "after"), receiver.data(2));
        assertEquals(
                Start.UNKNOWN, Await.value(broker.history(CHANNEL, old, id, 10)).start());
    }

    @Test
    void aLongerStreamOfTheSameNameIsNotTakenForTheOldOne() throws Exception {
        // given: a node that is away while the stream is deleted, made again and filled
        Broker away = node();
        Receiver receiver = receive(away);
        publish(away, "before");
        receiver.data(1);
        Broker other = node();
        receive(other);
        server().command(channel -> {
            // when
            channel.queueDelete(stream());
            channel.queueDeclare(stream(), true, false, false, arguments());
            for (int i = 0; i < 100; i++) {
                channel.basicPublish("", stream(), null, new byte[] {1});
            }
        });
        publish(other, "after");

        // then
        List<String> data = receiver.dataUpTo("after");
        assertEquals(List.of(Receiver.LOST, "after"), data);
    }

    private static Map<String, Object> arguments() {
        return new StreamQueue(RabbitSettings.read(Settings.of(Map.of()))).arguments();
    }

    @Test
    void whatIsNotOfTheFormIsSkippedAndToldOnce() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker);
        LogLines log = closing(new LogLines());

        // when
        server().command(channel -> {
            channel.basicPublish("", stream(), null, "no header".getBytes());
            channel.basicPublish("", stream(), Foreign.headers(Wire.CHANNEL, CHANNEL), new byte[] {(byte) 0xFF});
            channel.basicPublish("", stream(), Foreign.headers(Wire.CHANNEL, 5), "number".getBytes());
            channel.basicPublish("", stream(), Foreign.headers(Wire.CHANNEL, ""), "empty".getBytes());
            channel.basicPublish("", stream(), Foreign.headers(Wire.CHANNEL, CHANNEL), "of another program".getBytes());
            channel.basicPublish("", stream(), Foreign.headers(Wire.CHANNEL, CHANNEL), "of another program".getBytes());
        });
        publish(broker, "last");

        // then
        assertEquals(List.of("of another program", "of another program", "last"), receiver.data(3));
        receiver.assertNothingMore();
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        assertTrue(log.of(Level.WARNING).get(0).contains("offset 1 is skipped"), log.all()::toString);
    }

    @Test
    void whatAPublisherSendsAgainIsPassedOverLiveAndInTheHistory() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker);
        String before = publish(broker, "before");

        // when: as one whose connection broke before it saw the second come
        server().command(channel -> {
            for (long number : new long[] {1, 2, 3, 2, 3, 4}) {
                byte[] data = String.valueOf(number).getBytes();
                channel.basicPublish("", stream(), Foreign.numbered(CHANNEL, number), data);
            }
        });
        String last = publish(broker, "last");

        // then
        assertEquals(List.of("before", "1", "2", "3", "4", "last"), receiver.data(6));
        receiver.assertNothingMore();
        History page = Await.value(broker.history(CHANNEL, before, last, 10));
        assertEquals(
                List.of("1", "2", "3", "4", "last"),
                page.messages().stream().map(stored -> stored.message().data()).toList());
    }

    @Test
    void aNodeThatWasAwayGoesOnWhereItWas() throws Exception {
        // given
        Broker away = node("siaran.rabbitmq.uri", documentedUser(server()));
        Receiver receiver = receive(away);
        String id = publish(away, 0);
        Broker other = node();

        // when: the server lets it in again when others have published
        server().ctl("change_password", "siaran", "another");
        server().ctl("close_all_user_connections", "siaran", "a test");
        for (int i = 1; i < 50; i++) {
            publish(other, i);
        }
        server().ctl("change_password", "siaran", "secret");

        // then
        assertEquals(numbers(50), receiver.data(50));
        History page = Await.value(other.history(CHANNEL, id, "", 100));
        assertEquals(Start.COMPLETE, page.start());
        assertEquals(49, page.messages().size());
    }

    @Test
    void theClientWritesNothingToTheLogWhenItsConnectionEnds() throws Exception {
        // given
        LogLines log = closing(new LogLines("com.rabbitmq"));
        Broker broker = node();
        receive(broker);
        Publishing events = closing(new Publishing(broker, CHANNEL, "a"));

        // when it is cut, and when it is closed
        for (int i = 0; i < 3; i++) {
            publish(broker, "x" + i);
            server().ctl("close_all_connections", "a test");
        }
        events.finish();
        broker.close();

        // then
        assertEquals(List.of(), log.all());
    }

    @Test
    void whatWaitsStillReachesAServerThatIsSlowToAnswer() throws Exception {
        // given
        Broker broker = node();
        receive(broker);
        Await.value(send(broker, "x"));

        // when
        server().pause();
        CompletionStage<String> waiting = send(broker, "y");
        CompletableFuture<Void> resumed = CompletableFuture.runAsync(
                () -> assertDoesNotThrow(() -> server().resume()), delayedExecutor(1, TimeUnit.SECONDS));
        broker.close();

        // then
        Await.value(resumed);
        assertFalse(Await.value(waiting).isEmpty());
    }

    @Test
    void closingIsSoonOverWhateverTheServerDoes() throws Exception {
        // given
        Broker working = node("siaran.rabbitmq.timeout", "1m");
        receive(working);
        server().pause();
        try {
            Broker absent = node("siaran.rabbitmq.uri", "amqp://127.0.0.1:1");
            Broker unreachable = node("siaran.rabbitmq.uri", "amqp://192.0.2.1", "siaran.rabbitmq.timeout", "1m");
            for (Broker broker : List.of(working, absent, unreachable)) {
                CompletionStage<String> waiting = send(broker, "z");

                // when
                long start = System.nanoTime();
                broker.close();
                Duration took = Duration.ofNanos(System.nanoTime() - start);

                // then
                Duration most = Duration.ofSeconds(broker == working ? 4 : 1);
                assertTrue(took.compareTo(most) < 0, took::toString);
                assertTrue(Await.failure(waiting).contains("closed"));
            }
            List<String> left = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("siaran-rabbitmq"))
                    .toList();
            assertEquals(List.of(), left);
        } finally {
            server().resume();
        }
    }
}
