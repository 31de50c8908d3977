package dev.siaran.redis;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Availability.Side;
import dev.siaran.internal.broker.Backoff;
import dev.siaran.internal.broker.OncePerMinute;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Keeps one subscribed connection open, for ever, on one thread: connects, listens until it breaks, waits a little, and
 * begins again.
 */
final class Subscriber implements AutoCloseable {

    /** Hears of sessions; called on the subscriber's thread. */
    interface Listener extends Session.Listener {
        void ended(Session session);
    }

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    private final Supplier<Link> opener;
    private final String canary;
    private final Listener listener;
    private final Availability availability;
    private final boolean cluster;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final OncePerMinute faults = new OncePerMinute(LOG, Level.ERROR);

    /** Used by the subscriber's thread only. */
    private final Backoff backoff = new Backoff();

    /** Written by the subscriber's thread. */
    private volatile @Nullable Session session;

    Subscriber(
            Supplier<Link> opener,
            String canary,
            Listener listener,
            Availability availability,
            boolean cluster,
            ThreadFactory factory) {
        this.opener = opener;
        this.canary = canary;
        this.listener = listener;
        this.availability = availability;
        this.cluster = cluster;
        this.thread = factory.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                attempt();
                if (closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the Redis subscriber was interrupted", e);
        }
    }

    /** Nothing may end the thread, be it a class that is missing: nobody else would listen. */
    private void attempt() {
        try {
            listenOnce();
        } catch (RuntimeException | Error e) {
            faults.log("listening to Redis failed", e);
            report(e);
        }
    }

    private void listenOnce() {
        Session opened = null;
        try (Link link = opener.get()) {
            opened = new Session(link, canary, listener, cluster);
            session = opened;
            opened.listen();
        } catch (JedisMovedDataException e) {
            LOG.log(Level.DEBUG, "a channel belongs to another server by now", e);
        } catch (JedisException e) {
            report(e);
        } finally {
            if (opened != null) {
                session = null;
                listener.ended(opened);
                if (opened.hasWorked()) {
                    backoff.reset();
                }
            }
        }
    }

    private void report(Throwable cause) {
        if (closing.getCount() > 0) {
            availability.down(Side.SUBSCRIBER, cause);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        Session open = session;
        if (open != null) {
            open.drop();
        }
    }
}
