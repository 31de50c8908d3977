package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Pending;
import dev.siaran.internal.broker.PublishBuffer;
import dev.siaran.internal.broker.PublishQueue;
import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker.Delivery;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Message;
import dev.siaran.spi.StoredMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** An error, such as a class that is missing for a moment, ends no thread that nobody would start again. */
class ErrorsTest {

    private final RedisSettings settings = RedisSettings.read(Settings.of(Map.of()));
    private final Availability availability = settings.availability("nowhere", "test");

    @Test
    void theSubscriberTriesAgainAndTellsItOnce() throws Exception {
        // given
        var attempts = new AtomicInteger();
        try (LogLines log = new LogLines();
                Subscriber subscriber = new Subscriber(
                        () -> {
                            attempts.incrementAndGet();
                            throw new NoClassDefFoundError("of the test");
                        },
                        "canary",
                        new PubSubFeeds(Runnable::run, availability),
                        availability,
                        false,
                        Thread::new)) {
            // when
            subscriber.start();

            // then
            Await.until("it tries again", () -> attempts.get() > 3);
            assertEquals(1, log.of(Level.SEVERE).size(), log.all()::toString);
            assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        }
    }

    /** Fails once in a way that nobody expects. */
    private static final class Faulty implements Sending {

        final List<String> steps = new ArrayList<>();

        @Override
        public void send(List<Pending> messages, PublishConnection.Answers answers) {
            steps.add("send");
            if (steps.size() == 1) {
                throw new NoClassDefFoundError("of the test");
            }
            for (Pending message : messages) {
                answers.settled(message, () -> message.result().complete("1-1"));
            }
        }

        @Override
        public void canary() {
            steps.add("canary");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            steps.add("close");
        }
    }

    @Test
    void thePublisherSendsAgainOverAnotherConnection() throws Exception {
        // given
        var queue = new PublishQueue();
        var buffer = new PublishBuffer(settings.buffer(), "Redis", channel -> queue);
        var faulty = new Faulty();
        try (Publisher publisher = new Publisher(settings, buffer, queue, faulty, availability, Thread::new)) {
            CompletionStage<String> sent = buffer.offer(new Message("news", "e", "x"));

            // when
            publisher.start();

            // then
            assertEquals("1-1", Await.value(sent));
            assertEquals(List.of("send", "close", "canary", "send"), faulty.steps.subList(0, 4));
        }
    }

    @Test
    void aReceiverThatFailsGetsWhatFollows() {
        // given
        List<String> heard = new ArrayList<>();
        List<Integer> turns = new ArrayList<>();
        var feed = new ChannelFeed(
                "news",
                new Delivery() {
                    @Override
                    public void live(String id) {}

                    @Override
                    public void message(StoredMessage message) {
                        heard.add(message.id());
                        throw new NoClassDefFoundError("of the test");
                    }

                    @Override
                    public void lost() {
                        heard.add("lost");
                    }
                },
                (filled, turn, after) -> turns.add(turn),
                Duration.ofHours(1),
                Clock.systemUTC());
        feed.subscribed();
        feed.filled(turns.get(0), new Fill(new Epoch("key", "value"), "1-0", List.of(), false));

        // when
        feed.announced(new Entry("1-0", "2-0", new Message("news", null, "x"), null));
        feed.announced(new Entry("2-0", "3-0", new Message("news", null, "y"), null));

        // then
        assertEquals(List.of("2-0", "3-0"), heard);
    }

    @Test
    void aReaderThatFailsAnswersWhoWaits() throws Exception {
        // given
        Topology missing = new Topology() {
            @Override
            public int shard(String key) {
                throw new NoClassDefFoundError("of the test");
            }

            @Override
            public RedisAddress master(int shard) {
                throw new JedisConnectionException("of the test");
            }

            @Override
            public void refresh() {}

            @Override
            public String local(int shard, String name) {
                return name;
            }
        };
        try (var servers = new Servers(settings, "test");
                var readers = new Readers(1, Thread::new)) {
            var log = new ChannelLog(new Reads(missing, servers), new Keys("siaran:"));

            // when
            String failure = Await.failure(new HistoryRequests(log, readers).read("news", "1-1", "", 10));

            // then
            assertTrue(failure.contains("of the test"), failure);
        }
    }
}
