package dev.siaran.internal.hub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a shard that does not come back from a write: a container that makes its writer wait although it said that it would
 * not. Such a connection is given up, which ends the write, so that the shard can go on.
 */
final class Watchdog {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What a shard was seen at. */
    private record Sight(@Nullable Connection connection, long writes) {}

    private final List<Shard> shards;
    private final Sight[] sights;
    private final Thread thread = new Thread(this::watch, "siaran-watchdog");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();

    // Guarded by the lock
    private boolean closed;
    private Consumer<Connection> onStuck = connection -> {};

    Watchdog(List<Shard> shards) {
        this.shards = shards;
        sights = new Sight[shards.size()];
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void onStuck(Consumer<Connection> listener) {
        lock.lock();
        try {
            onStuck = listener;
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (!closed) {
                left = closing.awaitNanos(left);
                if (left <= 0) {
                    look();
                    left = PATIENCE.toNanos();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        for (Shard shard : shards) {
            var sight = new Sight(shard.current(), shard.writes());
            Connection stuck = sight.connection();
            if (stuck != null && sight.equals(sights[shard.number()])) {
                onStuck.accept(stuck);
                stuck.giveUp();
            }
            sights[shard.number()] = sight;
        }
    }

    void close() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        thread.join(TimeUnit.SECONDS.toMillis(1));
    }
}
