package dev.siaran.internal.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siaran.SseQueue;
import dev.siaran.SseQueueEvent;
import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.http.SseServer;
import dev.siaran.internal.hub.Hub;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerQueueTest {

    /** A broker that knows what it was asked to publish. */
    private static final class Recording implements Broker {

        final List<Message> published = new ArrayList<>();
        private final Broker broker =
                new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();

        @Override
        public CompletionStage<String> publish(Message message) {
            published.add(message);
            return broker.publish(message);
        }

        @Override
        public Subscription subscribe(String channel, Delivery delivery) {
            return broker.subscribe(channel, delivery);
        }

        @Override
        public CompletionStage<History> history(String channel, String afterId, String throughId, int limit) {
            return broker.history(channel, afterId, throughId, limit);
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    private final Recording broker = new Recording();
    private final SiaranConfig config = SiaranConfig.read(Settings.of(Map.of("siaran.max-event-size", "6")));
    private final SseServer server = new SseServer(config, new Hub(config, broker, System::nanoTime));
    private final SseQueue queue = new BrokerQueue(broker, server, config);

    @AfterEach
    void close() {
        server.close();
        broker.close();
    }

    @Test
    void anEventThatIsTooLargeIsRefusedBeforeTheBrokerHasIt() {
        var refused = queue.publish(SseQueueEvent.of("a", "e", "1234新")).toCompletableFuture();

        Throwable failure =
                assertThrows(CompletionException.class, refused::join).getCause();
        assertInstanceOf(IllegalArgumentException.class, failure);
        assertEquals("data has 7 bytes; allowed are at most 6 (siaran.max-event-size)", failure.getMessage());
        assertEquals(List.of(), broker.published);
    }

    @Test
    void anEventAsLargeAsAllowedIsPublished() {
        queue.publish(SseQueueEvent.of("a", "e", "新新")).toCompletableFuture().join();

        assertEquals(List.of(new Message("a", "e", "新新")), broker.published);
    }
}
