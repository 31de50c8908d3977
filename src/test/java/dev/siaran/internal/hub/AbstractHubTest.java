package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.wire.EventStreamParser.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A hub on a broker, a clock and clients that the test holds in its hands. */
@Timeout(60)
abstract class AbstractHubTest {

    final FakeBroker broker = new FakeBroker();
    final AtomicLong clock = new AtomicLong(1);
    final Map<String, String> settings = new HashMap<>(Map.of("siaran.shards", "2"));
    private Hub hub;

    @AfterEach
    void close() {
        if (hub != null) {
            hub.close();
        }
    }

    Hub hub() {
        if (hub == null) {
            hub = new Hub(SiaranConfig.read(Settings.of(settings)), broker, clock::get);
        }
        return hub;
    }

    /** The logs have only this many events, however young they are. */
    void keepNoMoreThan(int events) {
        settings.put("siaran.log.max-events", String.valueOf(events));
        settings.put("siaran.log.min-age", "0s");
    }

    FakeOutlet follow(String channel, String lastEventId) {
        return FakeOutlet.open(hub().follow(List.of(channel), lastEventId, SlowPolicy.DISCONNECT));
    }

    static List<String> expected(String channel, int from, int through) {
        return IntStream.rangeClosed(from, through).mapToObj(i -> channel + i).toList();
    }

    /** Publishes while a client reads along, so that the log holds no more than it must. */
    void publishReadAlong(String channel, int from, int through) {
        FakeOutlet reader = follow(channel, null);
        broker.publish(channel, from, through - 1);
        reader.awaitEvents(through - from);
        awaitTasks();
        broker.publish(channel, through, through);
    }

    /** Lets time pass in steps, until the condition holds or the time is over. */
    void advance(FakeOutlet client, Duration most, Predicate<FakeOutlet> until) {
        long end = clock.get() + most.toNanos();
        while (!until.test(client)) {
            assertTrue(clock.get() < end, () -> "not within " + most + " of the fake clock: " + client.text());
            clock.addAndGet(Duration.ofMillis(100).toNanos());
            awaitTasks();
        }
    }

    /** Lets time pass in steps, until it is so many seconds since the beginning. */
    void awaitSeconds(FakeOutlet client, int seconds) {
        Duration time = Duration.ofSeconds(seconds);
        advance(client, time.plusSeconds(1), c -> clock.get() >= time.toNanos());
    }

    /** Returns when every shard has looked at its connections at the present time. */
    void awaitTasks() {
        // New connections go to the shards in turn; twice, for what the task that was under way has left to do
        for (int probe = 0; probe < 4; probe++) {
            Connection connection = hub().follow(List.of("probe"), null, SlowPolicy.DISCONNECT);
            FakeOutlet outlet = FakeOutlet.open(connection);
            outlet.await(o -> o.writes() == 1);
            connection.close();
            outlet.awaitClosed();
        }
    }

    static List<Event> awaitStream(FakeOutlet client, int count) {
        client.awaitEvents(count);
        return client.stream().events();
    }
}
