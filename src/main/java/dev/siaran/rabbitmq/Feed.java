package dev.siaran.rabbitmq;

import dev.siaran.spi.Broker.Delivery;
import dev.siaran.spi.StoredMessage;
import java.lang.System.Logger.Level;

/** A subscribed channel. Used by the reading thread, but for {@link #close}. */
final class Feed {

    private static final System.Logger LOG = System.getLogger("dev.siaran.rabbitmq");

    private final String channel;
    private final Delivery delivery;

    /** Set once, by any thread. */
    private volatile boolean closed;

    private boolean live;

    Feed(String channel, Delivery delivery) {
        this.channel = channel;
        this.delivery = delivery;
    }

    String channel() {
        return channel;
    }

    /** All that follows the place will be delivered. Does nothing the second time. */
    void begin(Place place) {
        if (!live) {
            live = true;
            String start = EventId.after(place, channel).toString();
            call(() -> delivery.live(start));
        }
    }

    void message(StoredMessage message) {
        if (live) {
            call(() -> delivery.message(message));
        }
    }

    void lost() {
        if (live) {
            call(delivery::lost);
        }
    }

    /** A fault of the receiver must not end the reading. */
    private void call(Runnable step) {
        if (closed) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, channel + ": a delivery failed", e);
        }
    }

    void close() {
        closed = true;
    }
}
