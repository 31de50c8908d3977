package dev.siaran.jms;

import dev.siaran.internal.broker.LiveFeed;
import dev.siaran.spi.Broker.Subscription;
import dev.siaran.spi.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The channels that this node wants. The topic brings those of all; what is not wanted is dropped here.
 *
 * <p>Any thread may add and remove; all else, and every call of a delivery, is the listener's thread's.
 */
final class Feeds {

    /** A feed that begins when this beat has come: what was sent before it is not the feed's. */
    private record Waiting(long beat, LiveFeed feed) {}

    private final Beats beats;
    private final Runnable sendBeat;

    /** Used by any thread. */
    private final ConcurrentMap<String, LiveFeed> wanted = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock, which nobody holds while calling a delivery.
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean listening;

    /** @param sendBeat wakes the one who sends the beats that are due */
    Feeds(Beats beats, Runnable sendBeat) {
        this.beats = beats;
        this.sendBeat = sendBeat;
    }

    /** @throws IllegalStateException if the channel is wanted already */
    Subscription add(LiveFeed feed) {
        String channel = feed.channel();
        if (wanted.putIfAbsent(channel, feed) != null) {
            throw new IllegalStateException(channel + ": subscribed already");
        }
        lock.lock();
        try {
            if (listening) {
                await(feed);
            }
        } finally {
            lock.unlock();
        }
        return () -> {
            feed.close();
            wanted.remove(channel, feed);
        };
    }

    /** The id that a channel has given out last; empty if it is not subscribed, or has given none. */
    String last(String channel) {
        LiveFeed feed = wanted.get(channel);
        return feed == null ? "" : feed.last();
    }

    /** From now on all comes that the server accepts. A feed that has been interrupted goes on at once. */
    void begin() {
        lock.lock();
        try {
            listening = true;
            wanted.values().stream().filter(feed -> feed.last().isEmpty()).forEach(this::await);
        } finally {
            lock.unlock();
        }
        wanted.values().stream().filter(feed -> !feed.last().isEmpty()).forEach(LiveFeed::subscribed);
    }

    /** Guarded by the lock: lets a feed begin with the next beat. */
    private void await(LiveFeed feed) {
        waiting.add(new Waiting(beats.request(), feed));
        sendBeat.run();
    }

    void beat(long number) {
        List<Waiting> ready = new ArrayList<>();
        lock.lock();
        try {
            waiting.removeIf(each -> each.beat() <= number && ready.add(each));
        } finally {
            lock.unlock();
        }
        ready.forEach(each -> each.feed().subscribed());
    }

    void message(Message message) {
        LiveFeed feed = wanted.get(message.channel());
        if (feed != null) {
            feed.received(message);
        }
    }

    /** Something did not come, of which channel nobody knows. */
    void lost() {
        wanted.values().forEach(LiveFeed::lost);
    }

    /** Nothing comes until the next {@link #begin}. */
    void end() {
        lock.lock();
        try {
            listening = false;
            waiting.clear();
        } finally {
            lock.unlock();
        }
        wanted.values().forEach(LiveFeed::disconnected);
    }

    /** Ends the delivery to every channel. */
    void close() {
        wanted.values().forEach(LiveFeed::close);
        wanted.clear();
    }
}
