package dev.siaran.redis;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Availability.Side;
import dev.siaran.internal.broker.OncePerMinute;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The channels that this node wants, and the work of keeping its session subscribed to just these. Callers only change the
 * wanted set; the control thread alone speaks to the server, so that no caller ever waits for it.
 *
 * <p>Safe for use by many threads.
 */
final class Feeds implements Subscriber.Listener {

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    private final Keys keys;
    private final ScheduledExecutorService control;
    private final OncePerMinute garbage = new OncePerMinute(LOG, Level.WARNING);
    private final Availability availability;
    private final LogRefill refill;

    // Used by any thread.
    private final ConcurrentMap<String, ChannelFeed> wanted = new ConcurrentHashMap<>();
    private final Queue<String> touched = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Used by the control thread only. */
    private @Nullable Topics topics;

    Feeds(Keys keys, ScheduledExecutorService control, Availability availability, LogRefill refill) {
        this.keys = keys;
        this.control = control;
        this.availability = availability;
        this.refill = refill;
    }

    void add(ChannelFeed feed) {
        String topic = keys.log(feed.channel());
        wanted.put(topic, feed);
        touch(topic);
    }

    void remove(ChannelFeed feed) {
        String topic = keys.log(feed.channel());
        if (wanted.remove(topic, feed)) {
            touch(topic);
        }
    }

    /** Lets a feed go that others will serve, who may begin with it once this has called back. */
    void release(ChannelFeed feed, Runnable released) {
        control.execute(() -> {
            remove(feed);
            feed.disconnected();
            released.run();
        });
    }

    private void touch(String topic) {
        touched.add(topic);
        if (scheduled.compareAndSet(false, true)) {
            control.execute(this::reconcile);
        }
    }

    private void reconcile() {
        scheduled.set(false);
        Set<String> changed = new LinkedHashSet<>();
        for (String topic = touched.poll(); topic != null; topic = touched.poll()) {
            changed.add(topic);
        }
        Topics now = topics;
        if (now != null) {
            reconcile(now, changed);
        }
    }

    private void reconcile(Topics now, Set<String> changed) {
        try {
            for (String topic : changed) {
                ChannelFeed feed = wanted.get(topic);
                if (feed == null) {
                    now.unwant(topic);
                } else if (now.want(topic)) {
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
        Topics now = topics;
        if (now != null && now.session().silentNanos() > longest.toNanos()) {
            LOG.log(Level.DEBUG, "the Redis subscriber has heard nothing for too long");
            now.session().drop();
        }
    }

    @Override
    public void confirmed(Session session, String topic) {
        if (session.isCanary(topic)) {
            availability.up(Side.SUBSCRIBER);
            control.execute(() -> begin(session));
        } else {
            control.execute(() -> confirm(session, topic));
        }
    }

    private void begin(Session session) {
        refill.sessionBegan();
        topics = new Topics(session);
        reconcile(topics, wanted.keySet());
    }

    private void confirm(Session session, String topic) {
        Topics now = topics;
        if (now != null && now.isOf(session) && now.confirmed(topic)) {
            ChannelFeed feed = wanted.get(topic);
            if (feed != null) {
                feed.subscribed();
            }
        }
    }

    @Override
    public void announced(String topic, byte[] payload) {
        ChannelFeed feed = wanted.get(topic);
        if (feed != null) {
            Frame.decode(feed.channel(), payload)
                    .ifPresentOrElse(
                            feed::announced,
                            () -> garbage.log(feed.channel() + ": skipped a message of " + payload.length + " bytes on "
                                    + topic + " that Siaran has not sent"));
        }
    }

    @Override
    public void ended(Session session) {
        control.execute(() -> {
            topics = null;
            wanted.values().forEach(ChannelFeed::disconnected);
        });
    }

    /** Ends the delivery to every channel. */
    void close() {
        wanted.values().forEach(ChannelFeed::close);
        wanted.clear();
    }
}
