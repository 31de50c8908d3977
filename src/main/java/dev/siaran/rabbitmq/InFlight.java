package dev.siaran.rabbitmq;

import dev.siaran.internal.broker.Pending;
import dev.siaran.internal.broker.PublishBuffer;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and has not come back through the stream, by its number. It is settled when it comes, because only then its
 * offset is known.
 *
 * <p>Safe for use by many threads.
 */
final class InFlight {

    /** How many may be under way: what a broken connection has to send again. */
    private static final int MOST = 4_096;

    private final PublishBuffer buffer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();

    // Guarded by the lock.
    private final TreeMap<Long, Pending> messages = new TreeMap<>();

    InFlight(PublishBuffer buffer) {
        this.buffer = buffer;
    }

    void add(Pending message) {
        lock.lock();
        try {
            messages.put(message.sequence(), message);
        } finally {
            lock.unlock();
        }
    }

    /** All that are under way, in order. */
    List<Pending> all() {
        lock.lock();
        try {
            return List.copyOf(messages.values());
        } finally {
            lock.unlock();
        }
    }

    void arrived(long sequence, String id) {
        Pending message = remove(sequence);
        if (message != null) {
            message.result().complete(id);
        }
    }

    void fail(long sequence, String why) {
        Pending message = remove(sequence);
        if (message != null) {
            message.result().completeExceptionally(new IllegalStateException(why));
        }
    }

    void failLarger(long bytes, String why) {
        for (Pending message : all()) {
            if (message.data().length > bytes) {
                fail(message.sequence(), why);
            }
        }
    }

    private @Nullable Pending remove(long sequence) {
        lock.lock();
        try {
            Pending message = messages.remove(sequence);
            if (message != null) {
                buffer.settled(message);
                fewer.signalAll();
            }
            return message;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room for more, or the time is over. Returns how many. */
    int awaitRoom(long millis) throws InterruptedException {
        return awaitFewerThan(MOST, millis);
    }

    /** Waits until nothing is under way, or the time is over. Returns whether nothing is. */
    boolean awaitNone(long millis) throws InterruptedException {
        return awaitFewerThan(1, millis) > 0;
    }

    private int awaitFewerThan(int bound, long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (messages.size() >= bound && left > 0) {
                left = fewer.awaitNanos(left);
            }
            return Math.max(0, bound - messages.size());
        } finally {
            lock.unlock();
        }
    }
}
