package dev.siaran.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Receiver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The server answers, and does not let the node work: one warning says why, and nothing is lost when that ends. */
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isExpected", disabledReason = RabbitServer.MISSING)
class RabbitRefusalTest extends RabbitTest {

    private String warning(String... keysAndValues) throws Exception {
        LogLines log = closing(new LogLines());
        node(keysAndValues);
        Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        assertFalse(log.all().toString().contains("s3cret"), log.all()::toString);
        return log.of(Level.WARNING).get(0);
    }

    private String uri(String login, String host) {
        return "amqp://" + login + "@127.0.0.1:" + server().port() + host;
    }

    private static void assertContains(String line, String... parts) {
        for (String part : parts) {
            assertTrue(line.contains(part), line);
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        assertContains(
                warning("siaran.rabbitmq.uri", "amqp://app:s3cret@127.0.0.1:1"),
                "RabbitMQ at 127.0.0.1:1",
                "siaran.rabbitmq.uri",
                "refused");
    }

    @Test
    void aRefusedLoginIsNamed() throws Exception {
        assertContains(
                warning("siaran.rabbitmq.uri", uri("nobody:s3cret", "")),
                "refuses user \"nobody\" of siaran.rabbitmq.uri",
                "ACCESS_REFUSED");
    }

    @Test
    void aMissingVirtualHostIsNamed() throws Exception {
        assertContains(
                warning("siaran.rabbitmq.uri", uri("guest:guest", "/nowhere")),
                "virtual host \"nowhere\"",
                "not found",
                "add_vhost");
    }

    @Test
    void aMissingPermissionIsNamedAndTheEventsGoOutWhenItIsThere() throws Exception {
        // given
        server().ctl("add_user", "reader", "s3cret");
        server().ctl("set_permissions", "reader", "^$", "^$", ".*");
        LogLines log = closing(new LogLines());
        Broker broker = node("siaran.rabbitmq.uri", uri("reader:s3cret", ""));
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);
        CompletionStage<String> sent = send(broker, "waited");
        Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());
        assertContains(log.of(Level.WARNING).get(0), stream(), "\"reader\" lacks a permission", "ACCESS_REFUSED");

        // when: what README.adoc says suffices
        grant(server(), "reader");

        // then
        Await.value(sent);
        receiver.awaitLive();
    }

    @Test
    void aQueueWithOtherArgumentsIsNamedWithTheKeyThatDiffers() throws Exception {
        // given
        Broker first = node();
        receive(first);

        // then
        assertContains(
                warning("siaran.rabbitmq.history-bytes", "1GiB"),
                "\"" + stream() + "\" (siaran.rabbitmq.stream) exists with other arguments",
                "siaran.rabbitmq.history-bytes",
                "268435456",
                "1073741824");
        assertContains(
                warning("siaran.rabbitmq.history-max-age", "1h"), "siaran.rabbitmq.history-max-age", "86400s", "3600s");
    }

    @Test
    void aQueueThatIsNoStreamIsNamed() throws Exception {
        // given
        server().command(channel -> channel.queueDeclare(stream(), true, false, false, Map.of()));

        // then
        assertContains(warning(), "\"" + stream() + "\" (siaran.rabbitmq.stream) exists and is no stream");
    }

    /** As one that was upgraded from before 3.9. */
    @Test
    @EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isProcessExpected", disabledReason = RabbitServer.MISSING)
    void aServerWithoutStreamsIsNamedWithTheCommandThatHelps() throws Exception {
        // given
        RabbitServer old = closing(RabbitProcess.startWithFeatures("quorum_queue,implicit_default_bindings"));
        LogLines log = closing(new LogLines());
        Broker broker = node("siaran.rabbitmq.uri", old.uri());
        CompletionStage<String> sent = send(broker, "waited");
        Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());
        assertContains(
                log.of(Level.WARNING).get(0),
                "\"" + stream() + "\" (siaran.rabbitmq.stream) cannot be made",
                "stream_queue",
                "rabbitmqctl enable_feature_flag stream_queue");

        // when: what the message says
        old.ctl("enable_feature_flag", "stream_queue");

        // then
        Await.value(sent);
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
    }

    @Test
    void anEventThatIsTooLargeFailsAndHoldsUpNoOther() throws Exception {
        // given: more than a server of any version takes, as it is set up here
        Broker broker = node("siaran.publish-buffer-bytes", "64MiB");
        Receiver receiver = receive(broker);

        // when
        send(broker, "before");
        CompletionStage<String> large = send(broker, "x".repeat(17 << 20));
        publish(broker, "after");

        // then
        assertContains(Await.failure(large), "refused the event", "larger");
        assertEquals(List.of("before", "after"), receiver.data(2));
    }

    @Test
    void aServerThatTakesNothingForNowIsWaitedFor() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker);
        LogLines log = closing(new LogLines());

        // when: an alarm, as when the memory is used up
        server().ctl("set_vm_memory_high_watermark", "0.0000001");
        try {
            send(broker, 0);
            Await.until("it is told", () -> !log.of(Level.WARNING).isEmpty());
            for (int i = 1; i < 100; i++) {
                send(broker, i);
            }
        } finally {
            server().ctl("set_vm_memory_high_watermark", "0.6");
        }
        publish(broker, 100);

        // then
        assertEquals(numbers(101), receiver.data(101));
        assertContains(log.of(Level.WARNING).get(0), "takes no messages for now", "memory");
        assertEquals(List.of(), log.of(Level.SEVERE));
    }
}
