package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.DeliveryContractTest;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract without shared ids, and what a node still knows of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PubSubBrokerTest extends DeliveryContractTest {

    private RedisServer server;
    private String uri;

    @BeforeAll
    void start() throws Exception {
        server = RedisServer.start();
        uri = RedisTest.documentedUser(
                server,
                "allchannels",
                "-@all",
                "+client|setname",
                "+select",
                "+ping",
                "+subscribe",
                "+unsubscribe",
                "+publish");
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Override
    protected Broker openNode() {
        return RedisBrokerTest.open(Map.of("siaran.redis.uri", uri, "siaran.redis.mode", "pubsub"));
    }

    @Override
    protected int nodes() {
        return 2;
    }

    private static Start start(Broker broker, String channel, String after, String through) throws Exception {
        History page = Await.value(broker.history(channel, after, through, 10));
        assertEquals(List.of(), page.messages());
        return page.start();
    }

    @Test
    void aNodeKnowsItsOwnIdsAndWhichIsTheLast() throws Exception {
        try (Broker broker = openNode();
                Broker other = openNode()) {
            // given
            var receiver = new Receiver();
            broker.subscribe("news", receiver);
            var elsewhere = new Receiver();
            other.subscribe("news", elsewhere);
            String begin = receiver.awaitLive();
            String foreign = elsewhere.awaitLive();
            broker.publish(new Message("news", "e", "1"));
            broker.publish(new Message("news", "e", "2"));
            String first = receiver.next().id();
            String last = receiver.next().id();

            // then
            assertEquals(Start.COMPLETE, start(broker, "news", last, ""));
            assertEquals(Start.COMPLETE, start(broker, "news", first, first));
            assertEquals(Start.TRIMMED, start(broker, "news", first, last));
            assertEquals(Start.TRIMMED, start(broker, "news", begin, ""));
            assertEquals(Start.TRIMMED, start(broker, "news", "", ""));
            assertNotEquals(Start.COMPLETE, start(broker, "other", last, ""));
            assertEquals(Start.UNKNOWN, start(broker, "news", foreign, ""));
            for (String id : List.of(
                    last + "0",
                    last.replaceAll("-.*", "-999999999999999999"),
                    last.replaceAll("-.*", "-99999999999999999999"),
                    last.replaceAll("-.*", "-0"),
                    last + "\n",
                    "1-1",
                    "-",
                    "?",
                    "x".repeat(100_000))) {
                assertEquals(Start.UNKNOWN, start(broker, "news", id, ""), id);
            }
        }
    }

    @Test
    void aChannelThatIsSubscribedAgainStartsAnew() throws Exception {
        try (Broker broker = openNode()) {
            // given: nobody listened in between, so nobody knows what there was
            var before = new Receiver();
            Broker.Subscription subscription = broker.subscribe("news", before);
            String first = before.awaitLive();
            subscription.close();

            // when
            var after = new Receiver();
            broker.subscribe("news", after);

            // then
            String second = after.awaitLive();
            assertNotEquals(first, second);
            assertEquals(Start.TRIMMED, start(broker, "news", first, second));
        }
    }
}
