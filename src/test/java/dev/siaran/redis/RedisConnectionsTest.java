package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Broker.Subscription;
import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** How many connections a node has, and as whom. */
@ParameterizedClass
@MethodSource("dev.siaran.redis.RedisServer#kinds")
class RedisConnectionsTest extends RedisTest {

    private final RedisServer.Kind kind;
    private RedisServer server;

    RedisConnectionsTest(RedisServer.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws Exception {
        server = closing(RedisServer.start(kind));
    }

    @Test
    void aNodeHasOneSubscriberAndItsConnectionsCarryItsName() throws Exception {
        // given
        try (Broker broker = node(server.uri())) {
            List<Receiver> receivers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                var receiver = new Receiver();
                broker.subscribe("channel-" + i, receiver);
                receivers.add(receiver);
            }
            for (Receiver receiver : receivers) {
                receiver.awaitLive();
            }
            String id = publish(broker, "x");

            // when
            Await.value(broker.history("news", id, "", 1));
            List<String> names = clientNames(server);

            // then
            List<String> roles =
                    names.stream().map(name -> name.split(":")[2]).sorted().toList();
            assertEquals(1, roles.stream().filter("sub"::equals).count(), names::toString);
            assertEquals(1, roles.stream().filter("pub"::equals).count(), names::toString);
            assertTrue(roles.stream().filter("pool"::equals).count() <= 4, names::toString);
            assertEquals(
                    1, names.stream().map(name -> name.split(":")[1]).distinct().count(), names::toString);
        }

        // then
        Await.until("the connections are gone", () -> clientNames(server).isEmpty());
    }

    @Test
    void thousandsOfChannelsComeAndGoAndTheSetStaysRight() throws Exception {
        // given
        try (Broker broker = node(server.uri())) {
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                int number = t;
                var thread = new Thread(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        Subscription subscription = broker.subscribe("c-" + number + "-" + i, new Receiver());
                        if (i % 10 != 0) {
                            subscription.close();
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }

            // then: those that were kept, and the canary
            Await.until(
                    "the server knows what is wanted",
                    () -> ((List<?>) command(server, Command.PUBSUB, "CHANNELS", "siaran:*")).size() == 4 * 100 + 1);
        }
    }
}
