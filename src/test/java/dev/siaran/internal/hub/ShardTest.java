package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How those who bring new connections wait for a shard that is behind: one that has not been started yet. */
@Timeout(60)
class ShardTest {

    private final AtomicLong clock = new AtomicLong(1);
    private final Shard shard =
            new Shard(0, new Pace(Duration.ofSeconds(15), Duration.ofSeconds(30)), clock::get, () -> {});
    private final Connection connection = new Connection(
            shard, new StreamSource(new byte[0]), "a stream", new Lease(Holder.NOBODY, lease -> {}, holder -> {}));
    private final Thread bringer = new Thread(() -> connection.open(new FakeOutlet()));

    private void handOver(int tasks) {
        for (int i = 0; i < tasks; i++) {
            shard.execute(() -> {});
        }
    }

    private void awaitWaiting() {
        bringer.start();
        while (bringer.getState() != Thread.State.TIMED_WAITING) {
            assertTrue(bringer.isAlive(), "it does not wait");
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        clock.addAndGet(Shard.LONGEST_QUEUE);
        bringer.join();
    }

    @Test
    void whoBringsAConnectionWaitsUntilTheShardKeepsUp() throws InterruptedException {
        handOver(300);
        awaitWaiting();

        shard.start();

        bringer.join();
        shard.stop(() -> {});
    }

    @Test
    void whoBringsAConnectionDoesNotWaitForEver() throws InterruptedException {
        handOver(300);
        awaitWaiting();

        clock.addAndGet(Shard.LONGEST_QUEUE);

        bringer.join();
    }

    @Test
    void nobodyWaitsForAShardThatKeepsUp() throws InterruptedException {
        handOver(200);

        bringer.start();

        bringer.join();
    }

    @Test
    void nobodyWaitsWhoIsInterrupted() throws InterruptedException {
        handOver(300);
        awaitWaiting();

        bringer.interrupt();

        bringer.join();
    }
}
