package dev.siaran.internal.broker;

import dev.siaran.spi.Broker.Delivery;
import dev.siaran.spi.Message;
import dev.siaran.spi.StoredMessage;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands on the messages of one channel as they are received. Nothing keeps those that come while the server does not
 * announce the channel, so every interruption counts as a loss.
 *
 * <p>The lock is held while the delivery is called, which gives one caller at a time. No call of an application or of the
 * hub waits for it: {@link #close} only sets a flag.
 */
public final class LiveFeed {

    private final System.Logger log;
    private final String channel;
    private final Delivery delivery;
    private final NodeIds ids;
    private final ReentrantLock lock = new ReentrantLock();

    /** Set once, by any thread. */
    private volatile boolean closed;

    /** Written by the holder of the lock, read by any thread: the id given last, empty before the first. */
    private volatile String last = "";

    /** Guarded by the lock: whether the server announces the channel. */
    private boolean announced;

    public LiveFeed(System.Logger log, String channel, Delivery delivery, NodeIds ids) {
        this.log = log;
        this.channel = channel;
        this.delivery = delivery;
        this.ids = ids;
    }

    public String channel() {
        return channel;
    }

    public String last() {
        return last;
    }

    /** The server announces the channel from now on. */
    public void subscribed() {
        lock.lock();
        try {
            if (!announced && last.isEmpty()) {
                // An id of its own: what came before this moment is not known, and must not be taken for nothing.
                String start = ids.next();
                last = start;
                call(() -> delivery.live(start));
            } else if (!announced) {
                call(delivery::lost);
            }
            announced = true;
        } finally {
            lock.unlock();
        }
    }

    /** The server announces the channel no more. */
    public void disconnected() {
        lock.lock();
        try {
            announced = false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a message; one from before the server has confirmed the subscription is not this feed's. */
    public void received(Message message) {
        lock.lock();
        try {
            if (announced) {
                String id = ids.next();
                last = id;
                call(() -> delivery.message(new StoredMessage(id, message)));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Something did not come though the server announced the channel. */
    public void lost() {
        lock.lock();
        try {
            if (announced) {
                call(delivery::lost);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A fault of the receiver must not end the subscription. */
    private void call(Runnable step) {
        if (closed) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            log.log(Level.ERROR, channel + ": a delivery failed", e);
        }
    }

    public void close() {
        closed = true;
    }
}
