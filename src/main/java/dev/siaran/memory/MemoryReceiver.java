package dev.siaran.memory;

import dev.siaran.spi.Broker.Delivery;
import dev.siaran.spi.StoredMessage;
import java.lang.System.Logger.Level;

/** A delivery from its subscription to its end. Begun and used by the holder of the channel's lock, closed by anyone. */
final class MemoryReceiver {

    private static final System.Logger LOG = System.getLogger("dev.siaran.memory");

    /** Stands where a receiver was in a channel that is no longer used. */
    static final MemoryReceiver RETIRED = retired();

    private final String channel;
    private final Delivery delivery;

    /** Set once, by the holder of the channel's lock. */
    private volatile boolean begun;

    /** Set once, by any thread. */
    private volatile boolean closed;

    MemoryReceiver(String channel, Delivery delivery) {
        this.channel = channel;
        this.delivery = delivery;
    }

    private static MemoryReceiver retired() {
        var receiver = new MemoryReceiver("", new Delivery() {
            @Override
            public void live(String startId) {}

            @Override
            public void message(StoredMessage message) {}

            @Override
            public void lost() {}
        });
        receiver.begun = true;
        receiver.closed = true;
        return receiver;
    }

    boolean hasBegun() {
        return begun;
    }

    void begin(String startId) {
        if (!begun) {
            begun = true;
            call(() -> delivery.live(startId));
        }
    }

    void deliver(StoredMessage message) {
        call(() -> delivery.message(message));
    }

    void close() {
        closed = true;
    }

    /** A fault of the receiver is not the publisher's. */
    private void call(Runnable step) {
        if (closed) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, channel + ": a delivery failed", e);
        }
    }
}
