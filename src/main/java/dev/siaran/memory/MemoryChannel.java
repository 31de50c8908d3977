package dev.siaran.memory;

import dev.siaran.spi.Broker.Delivery;
import dev.siaran.spi.Message;
import dev.siaran.spi.StoredMessage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One channel: who receives it, and the number of its last message.
 *
 * <p>Publishing holds the channel's lock while it delivers, so that messages arrive in the order of their ids.
 * Subscribing and unsubscribing never wait for that lock, so a caller may hold one of its own that the delivery needs.
 */
final class MemoryChannel {

    private final String name;
    private final MemoryIds ids;
    private final ReentrantLock lock = new ReentrantLock();

    /** Set by any thread. Once {@link MemoryReceiver#RETIRED} it stays so: the channel was given up to save memory. */
    private final AtomicReference<@Nullable MemoryReceiver> receiver = new AtomicReference<>();

    /** Written by the holder of the lock, read by any thread. */
    private volatile long last;

    MemoryChannel(String name, MemoryIds ids) {
        this.name = name;
        this.ids = ids;
    }

    /** Delivers a message on this thread and returns its id; empty if the channel was retired. */
    Optional<String> publish(Message message) {
        lock.lock();
        try {
            MemoryReceiver now = receiver.get();
            if (now == MemoryReceiver.RETIRED) {
                return Optional.empty();
            }
            if (now != null) {
                now.begin(ids.id(last));
            }
            long number = ids.next();
            String id = ids.id(number);
            last = number;
            if (now != null) {
                now.deliver(new StoredMessage(id, message));
            }
            return Optional.of(id);
        } finally {
            lock.unlock();
            beginIfIdle();
        }
    }

    /**
     * Attaches a receiver; empty if the channel was retired.
     *
     * @throws IllegalStateException if there is one
     */
    Optional<MemoryReceiver> subscribe(Delivery delivery) {
        var added = new MemoryReceiver(name, delivery);
        if (receiver.compareAndSet(null, added)) {
            beginIfIdle();
            return Optional.of(added);
        }
        if (receiver.get() == MemoryReceiver.RETIRED) {
            return Optional.empty();
        }
        throw new IllegalStateException(name + ": subscribed already");
    }

    void unsubscribe(MemoryReceiver ended) {
        ended.close();
        receiver.compareAndSet(ended, null);
    }

    /** Makes a new receiver live, unless a publisher holds the lock: that one does it when it lets go. */
    private void beginIfIdle() {
        MemoryReceiver now = receiver.get();
        while (now != null && !now.hasBegun() && lock.tryLock()) {
            try {
                now.begin(ids.id(last));
            } finally {
                lock.unlock();
            }
            now = receiver.get();
        }
    }

    /** Gives the channel up, if it is idle and its last message is no newer than the given one. */
    boolean retire(long upTo) {
        if (last > upTo || !lock.tryLock()) {
            return false;
        }
        try {
            return last <= upTo && receiver.compareAndSet(null, MemoryReceiver.RETIRED);
        } finally {
            lock.unlock();
            beginIfIdle();
        }
    }

    boolean isSubscribed() {
        return receiver.get() != null;
    }

    boolean isRetired() {
        return receiver.get() == MemoryReceiver.RETIRED;
    }

    long last() {
        return last;
    }

    void close() {
        MemoryReceiver now = receiver.getAndSet(MemoryReceiver.RETIRED);
        if (now != null) {
            now.close();
        }
    }
}
