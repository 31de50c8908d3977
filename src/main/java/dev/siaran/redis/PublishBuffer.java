package dev.siaran.redis;

import dev.siaran.spi.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has been published and is not answered yet, in order, bounded by number and by bytes. A message counts until it is
 * {@linkplain #settled settled}, also while it is being sent.
 *
 * <p>Safe for use by many threads; one of them takes.
 */
final class PublishBuffer {

    private final RedisSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private int events;
    private long bytes;
    private long sequence;
    private boolean woken;
    private boolean closed;

    PublishBuffer(RedisSettings settings) {
        this.settings = settings;
    }

    CompletionStage<String> offer(Message message) {
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedFuture(new IllegalStateException("the broker is closed"));
            }
            Pending pending = Pending.of(message, sequence + 1);
            if (events >= settings.bufferEvents()) {
                return full(RedisSettings.BUFFER_EVENTS, settings.bufferEvents() + " events");
            }
            if (bytes + pending.bytes() > settings.bufferBytes()) {
                return full(RedisSettings.BUFFER_BYTES, settings.bufferBytes() + " bytes");
            }
            sequence++;
            events++;
            bytes += pending.bytes();
            waiting.add(pending);
            changed.signal();
            return pending.result();
        } finally {
            lock.unlock();
        }
    }

    private CompletionStage<String> full(String key, String bound) {
        return CompletableFuture.failedFuture(new IllegalStateException("the publish buffer is full: " + key + " is "
                + bound + ", and " + events + " events of " + bytes + " bytes wait for Redis at "
                + settings.address()));
    }

    /** Takes the oldest messages, waiting for one until the time is over or {@link #wake} is called. */
    List<Pending> take(int maxEvents, long maxBytes, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (waiting.isEmpty() && !woken && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            List<Pending> taken = new ArrayList<>();
            long size = 0;
            while (taken.size() < maxEvents && !waiting.isEmpty() && size < maxBytes) {
                Pending next = waiting.remove();
                size += next.bytes();
                taken.add(next);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the place of a message that was taken, before its result is completed. */
    void settled(Pending pending) {
        lock.lock();
        try {
            events--;
            bytes -= pending.bytes();
        } finally {
            lock.unlock();
        }
    }

    /** Lets a waiting {@link #take} return. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that waits. */
    List<Pending> drain() {
        lock.lock();
        try {
            List<Pending> taken = List.copyOf(waiting);
            waiting.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses all further messages; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
