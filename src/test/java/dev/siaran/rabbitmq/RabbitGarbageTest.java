package dev.siaran.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.siaran.internal.wire.NastyText;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.Receiver;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Another program puts whatever it likes into the stream. */
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isExpected", disabledReason = RabbitServer.MISSING)
class RabbitGarbageTest extends RabbitTest {

    private static final int TEXTS = 300;

    @Test
    void garbageInTheStreamTakesNothingFromWhoFollowsAChannel() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker);

        // when
        server().command(channel -> {
            int i = 0;
            for (String text : NastyText.corpus(TEXTS)) {
                byte[] body = text.getBytes(UTF_8);
                channel.basicPublish("", stream(), headers(Wire.CHANNEL, text), body);
                channel.basicPublish("", stream(), headers(Wire.PUBLISHER, text), body);
                channel.basicPublish("", stream(), headers(Wire.MARKER, i), body);
                channel.basicPublish("", stream(), headers(Wire.SEQUENCE, text, Wire.MARKER, text), body);
                channel.basicPublish("", stream(), headers(Wire.CHANNEL, List.of(text), Wire.EVENT, new Date()), body);
                channel.basicPublish(
                        "",
                        stream(),
                        new BasicProperties.Builder()
                                .contentType("x")
                                .expiration("1")
                                .replyTo("x")
                                .build(),
                        new byte[] {(byte) (i >> 1), (byte) 0xC0, (byte) i});
                send(broker, i++);
            }
        });

        // then
        assertEquals(numbers(TEXTS), receiver.data(TEXTS));
        receiver.assertNothingMore();
    }

    @Test
    void aMessageThatClaimsAPlaceInTheStreamDoesNotBreakTheReading() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker);
        String first = publish(broker, 0);

        // when
        server().command(channel -> {
            channel.basicPublish("", stream(), headers("x-stream-offset", "nowhere"), new byte[1]);
            channel.basicPublish("", stream(), headers("x-stream-offset", -1), new byte[1]);
            channel.basicPublish(
                    "", stream(), headers("x-stream-offset", 1_000_000L, Wire.CHANNEL, CHANNEL), "1".getBytes(UTF_8));
        });
        publish(broker, 2);

        // then
        assertEquals(numbers(3), receiver.data(3));
        receiver.assertNothingMore();
        assertEquals(
                2,
                Await.value(node().history(CHANNEL, first, "", 10)).messages().size());
    }

    @Test
    void noIdOfAClientMakesAReadingFail() throws Exception {
        Broker broker = node();
        publish(broker, "kept");

        for (String id : NastyText.corpus(TEXTS)) {
            if (!id.isEmpty()) {
                assertEquals(
                        Start.UNKNOWN,
                        Await.value(broker.history(CHANNEL, id, "", 10)).start(),
                        id);
            }
        }
    }

    private static BasicProperties headers(String name, Object value) {
        return Foreign.headers(name, value);
    }

    private static BasicProperties headers(String name, Object value, String another, Object anothers) {
        return new BasicProperties.Builder()
                .headers(Map.of(name, value, another, anothers))
                .build();
    }
}
