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

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Looks that must see the same write: the first two alone may lie around a pause of the whole process. */
    private static final int LOOKS = 3;

    /** What a shard was seen at, and how often in a row. */
    private record Sight(@Nullable Connection connection, long writes, int times) {}

    private final List<Shard> shards;
    private final @Nullable Sight[] sights;
    private final Thread thread = new Thread(this::watch, "siaran-watchdog");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();

    // Guarded by the lock
    private boolean closed;
    private Consumer<Connection> onStuck = connection -> {};

    Watchdog(List<Shard> shards) {
        this.shards = shards;
        sights = new @Nullable Sight[shards.size()];
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
        try {
            while (isOpenAfter(INTERVAL.toNanos())) {
                look(listener());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The shards have had their time to end
        for (Shard shard : shards) {
            Connection current = shard.current();
            if (current != null && !shard.hasEnded()) {
                current.giveUp();
            }
        }
    }

    private boolean isOpenAfter(long nanos) throws InterruptedException {
        lock.lock();
        try {
            for (long left = nanos; left > 0 && !closed; ) {
                left = closing.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private Consumer<Connection> listener() {
        lock.lock();
        try {
            return onStuck;
        } finally {
            lock.unlock();
        }
    }

    /** Without the lock: to give a connection up may take time, too. */
    private void look(Consumer<Connection> listener) {
        for (Shard shard : shards) {
            Sight last = sights[shard.number()];
            Connection current = shard.current();
            long writes = shard.writes();
            boolean same = last != null && current == last.connection() && writes == last.writes();
            var sight = new Sight(current, writes, same ? last.times() + 1 : 1);
            if (current != null && sight.times() == LOOKS) {
                listener.accept(current);
                current.giveUp();
            }
            sights[shard.number()] = sight;
        }
    }

    /** Called when no shard should be writing any more: a write that is still under way is given up. */
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
