package dev.siaran.rabbitmq;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Availability.Side;
import dev.siaran.internal.broker.Backoff;
import dev.siaran.internal.broker.OncePerMinute;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection, on a thread of its own: makes one, has the stream read on to its end, gives it to those who publish and
 * read history, and makes another when it breaks.
 *
 * <p>Safe for use by many threads.
 */
final class Keeper {

    private static final System.Logger LOG = System.getLogger("dev.siaran.rabbitmq");

    private final RabbitSettings settings;
    private final Connector connector;
    private final StreamQueue stream;
    private final Markers markers;
    private final Follower follower;
    private final Current current;
    private final Runnable publisher;
    private final Availability availability;
    private final OncePerMinute faults = new OncePerMinute(LOG, Level.ERROR);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** Used by the keeper's thread only. */
    private final Backoff backoff = new Backoff();

    /** Written by the keeper's thread. */
    private volatile @Nullable Link link;

    /** @param publisher called when there is a new connection */
    Keeper(
            RabbitSettings settings,
            Connector connector,
            Markers markers,
            Follower follower,
            Current current,
            Runnable publisher,
            Availability availability,
            ThreadFactory threads) {
        this.settings = settings;
        this.connector = connector;
        this.stream = new StreamQueue(settings);
        this.markers = markers;
        this.follower = follower;
        this.current = current;
        this.publisher = publisher;
        this.availability = availability;
        this.thread = threads.newThread(this::run);
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
            LOG.log(Level.DEBUG, "the keeper of the connection to RabbitMQ was interrupted", e);
        }
    }

    /** Nothing may end the thread, be it a class that is missing: nobody else would connect. */
    private void attempt() throws InterruptedException {
        try {
            hold();
        } catch (IOException e) {
            report(e);
        } catch (RuntimeException | Error e) {
            faults.log("the connection to RabbitMQ failed", e);
            report(e);
        } finally {
            link = null;
            current.set(null);
            availability.up(Side.PUBLISHER);
        }
    }

    private void hold() throws IOException, InterruptedException {
        try (Link opened = connector.connect(availability)) {
            link = opened;
            stream.declare(opened);
            CompletableFuture<Void> arrived =
                    follower.follow(opened, StreamProbe.end(opened, settings.stream(), markers, settings.patience()));
            await(CompletableFuture.anyOf(arrived, opened.broken()));
            if (closing.getCount() > 0 && !opened.isBroken()) {
                backoff.reset();
                availability.up(Side.SUBSCRIBER);
                current.set(opened);
                publisher.run();
            }
            report(Refusal.broken(await(opened.broken())));
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void report(Throwable cause) {
        if (closing.getCount() > 0) {
            availability.down(Side.SUBSCRIBER, cause);
        }
    }

    /** Ends the connection, and makes no other. */
    void close() {
        closing.countDown();
        Link open = link;
        if (open != null) {
            open.breakWith(new IOException("the broker is closed"));
        }
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
