package dev.siaran.redis;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Availability.Side;
import dev.siaran.internal.broker.LiveFeed;
import dev.siaran.internal.broker.OncePerMinute;
import dev.siaran.spi.Broker.Subscription;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The channels that this node wants, where nothing but the subscription brings their messages. Callers only change the
 * wanted set; the control thread speaks to the server. Unlike in {@link Feeds}, what the server confirms is taken on the
 * subscriber's thread, in its place between the messages: there is no log from which one that slips through could be read.
 *
 * <p>Safe for use by many threads.
 */
final class PubSubFeeds implements Subscriber.Listener {

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    private final Executor control;
    private final Availability availability;
    private final OncePerMinute garbage = new OncePerMinute(LOG, Level.WARNING);

    // Used by any thread.
    private final ConcurrentMap<String, LiveFeed> wanted = new ConcurrentHashMap<>();
    private final Queue<String> touched = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Held by the control thread while it speaks to the server, by the subscriber's while it takes a confirmation. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private @Nullable Topics topics;

    PubSubFeeds(Executor control, Availability availability) {
        this.control = control;
        this.availability = availability;
    }

    /** @throws IllegalStateException if the channel is wanted already */
    Subscription add(LiveFeed feed) {
        String channel = feed.channel();
        if (wanted.putIfAbsent(channel, feed) != null) {
            throw new IllegalStateException(channel + ": subscribed already");
        }
        touch(channel);
        return () -> {
            feed.close();
            if (wanted.remove(channel, feed)) {
                touch(channel);
            }
        };
    }

    /** The id that a channel has given out last; empty if it is not subscribed, or has given none. */
    String last(String channel) {
        LiveFeed feed = wanted.get(channel);
        return feed == null ? "" : feed.last();
    }

    private void touch(String channel) {
        touched.add(channel);
        if (scheduled.compareAndSet(false, true)) {
            control.execute(this::reconcile);
        }
    }

    private void reconcile() {
        scheduled.set(false);
        Set<String> changed = new LinkedHashSet<>();
        for (String channel = touched.poll(); channel != null; channel = touched.poll()) {
            changed.add(channel);
        }
        reconcile(changed);
    }

    private void reconcile(Set<String> changed) {
        lock.lock();
        try {
            Topics now = topics;
            if (now != null) {
                reconcile(now, changed);
            }
        } finally {
            lock.unlock();
        }
    }

    private void reconcile(Topics now, Set<String> changed) {
        try {
            for (String channel : changed) {
                LiveFeed feed = wanted.get(channel);
                if (feed == null) {
                    now.unwant(channel);
                } else if (now.want(channel)) {
                    feed.subscribed();
                }
            }
            now.flush();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.DEBUG, "could not change the subscription", e);
            now.session().drop(); // the next session begins with all that is wanted
        }
    }

    /** Breaks a session that has heard nothing of its canary for too long. Called on the control thread. */
    void dropSilent(Duration longest) {
        lock.lock();
        try {
            Topics now = topics;
            if (now != null && now.session().silentNanos() > longest.toNanos()) {
                LOG.log(Level.DEBUG, "the Redis subscriber has heard nothing for too long");
                now.session().drop();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void confirmed(Session session, String topic) {
        if (session.isCanary(topic)) {
            availability.up(Side.SUBSCRIBER);
            begin(session);
        } else {
            confirm(topic);
        }
    }

    private void begin(Session session) {
        lock.lock();
        try {
            topics = new Topics(session);
        } finally {
            lock.unlock();
        }
        control.execute(() -> reconcile(wanted.keySet()));
    }

    private void confirm(String channel) {
        lock.lock();
        try {
            LiveFeed feed = wanted.get(channel);
            if (topics != null && topics.confirmed(channel) && feed != null) {
                feed.subscribed();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void announced(String topic, byte[] payload) {
        LiveFeed feed = wanted.get(topic);
        if (feed != null) {
            EventPair.decode(payload)
                    .ifPresentOrElse(
                            pair -> feed.received(pair.of(topic)),
                            () -> garbage.log(topic + ": skipped a message of " + payload.length
                                    + " bytes on the Redis channel of that name; one is [\"event\", \"data\"]"));
        }
    }

    @Override
    public void ended(Session session) {
        lock.lock();
        try {
            topics = null;
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
