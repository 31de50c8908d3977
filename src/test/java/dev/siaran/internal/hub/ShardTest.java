package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How those who bring new connections wait for a shard that is behind: one that has not been started yet. */
@Timeout(60)
class ShardTest {

    private final Shard shard =
            new Shard(0, new Pace(Duration.ofSeconds(15), Duration.ofSeconds(30)), System::nanoTime, () -> {});
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final Thread last = new Thread(() -> {
        open();
        interrupted.set(Thread.currentThread().isInterrupted());
    });

    private void open() {
        var source = new StreamSource(new byte[0]);
        new Connection(shard, source, "a stream", new Lease(Holder.NOBODY, lease -> {}, holder -> {}))
                .open(new FakeOutlet());
    }

    private void open(int connections) {
        for (int i = 0; i < connections; i++) {
            open();
        }
    }

    private void awaitWaiting() {
        last.start();
        while (last.getState() != Thread.State.TIMED_WAITING) {
            assertTrue(last.isAlive(), "it does not wait");
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        last.join();
    }

    @Test
    void whoBringsAConnectionWaitsUntilTheShardKeepsUp() throws InterruptedException {
        open(Shard.PLACES);
        awaitWaiting();

        shard.start();

        last.join();
        shard.stop(() -> {});
    }

    @Test
    void whoBringsAConnectionDoesNotWaitForEver() throws InterruptedException {
        open(Shard.PLACES);
        awaitWaiting();

        last.join();
    }

    @Test
    void nobodyWaitsForAShardThatKeepsUp() {
        shard.start();

        // Each that had to wait in vain would take a quarter of a second
        open(10 * Shard.PLACES);

        shard.stop(() -> {});
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() throws InterruptedException {
        open(Shard.PLACES);
        awaitWaiting();

        last.interrupt();

        last.join();
        assertTrue(interrupted.get());
    }
}
