package dev.siaran.rabbitmq;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection that works: over which the stream has been read to its end.
 *
 * <p>Safe for use by many threads.
 */
final class Current {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private @Nullable Link link;

    void set(@Nullable Link now) {
        lock.lock();
        try {
            link = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for one, null if there is none until the time is over. */
    @Nullable
    Link await(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while ((link == null || link.isBroken()) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return link == null || link.isBroken() ? null : link;
        } finally {
            lock.unlock();
        }
    }
}
