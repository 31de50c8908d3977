package dev.siaran.redis;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Availability.Side;
import dev.siaran.internal.broker.Backoff;
import dev.siaran.internal.broker.OncePerMinute;
import dev.siaran.internal.broker.Pending;
import dev.siaran.internal.broker.PublishBuffer;
import dev.siaran.internal.broker.PublishQueue;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sends what is published, on one thread, in order: a batch at a time, and the next when all of it is answered. What is not
 * answered is sent again with the same sequence number, by which the script tells a repetition.
 *
 * <p>Safe for use by many threads.
 */
final class Publisher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    private static final int BATCH_EVENTS = 512;
    private static final long BATCH_BYTES = 1 << 20;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final String where;
    private final PublishBuffer buffer;
    private final PublishQueue queue;
    private final Sending connection;
    private final Availability availability;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final OncePerMinute faults = new OncePerMinute(LOG, Level.ERROR);

    /** Set by any thread, cleared by the publisher's: the canary is due. */
    private volatile boolean canary;

    // Used by the publisher's thread only.
    private final List<Pending> unsent = new ArrayList<>();
    private final Set<Pending> answered = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Backoff backoff = new Backoff();
    private boolean away;

    Publisher(
            RedisSettings settings,
            PublishBuffer buffer,
            PublishQueue queue,
            Sending connection,
            Availability availability,
            ThreadFactory factory) {
        this.where = settings.where();
        this.buffer = buffer;
        this.queue = queue;
        this.connection = connection;
        this.availability = availability;
        this.thread = factory.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Sends a sign of life to this node's own subscriber, by the way that the messages go. */
    void sendCanary() {
        canary = true;
        queue.wake();
    }

    private void run() {
        try {
            while (!isDone()) {
                if (unsent.isEmpty() && !canary) {
                    unsent.addAll(queue.take(BATCH_EVENTS, BATCH_BYTES, IDLE));
                }
                attempt();
            }
        } catch (InterruptedException e) {
            // Closed: what is left is failed below.
        } finally {
            connection.close();
            failRest();
        }
    }

    /** Once closing, what is buffered goes out as long as the server takes it. */
    private boolean isDone() throws InterruptedException {
        if (closing.getCount() > 0) {
            return false;
        }
        if (unsent.isEmpty()) {
            unsent.addAll(queue.take(BATCH_EVENTS, BATCH_BYTES, Duration.ZERO));
        }
        return unsent.isEmpty();
    }

    private void attempt() throws InterruptedException {
        boolean reused = connection.isOpen();
        try {
            if (canary || away) {
                connection.canary();
                canary = false;
                letSubscribersComeBack();
            }
            if (!unsent.isEmpty()) {
                send();
            }
            backoff.reset();
            availability.up(Side.PUBLISHER);
        } catch (JedisException e) {
            if (!reused || connection.isOpen()) {
                pause(e);
            } // else it broke while it was idle, perhaps long ago: a new one shows whether the server is there
        } catch (RuntimeException | Error e) {
            // Nothing may end the thread, be it a class that is missing. What is half sent or read is given up.
            connection.close();
            faults.log("publishing to Redis failed", e);
            pause(e);
        }
    }

    /**
     * After an outage every node has to subscribe again. What has gathered here may be more than the history keeps, so it
     * must not go out before they listen.
     */
    private void letSubscribersComeBack() throws InterruptedException {
        if (away && !closing.await(Backoff.LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
            away = false;
        }
    }

    private void send() {
        try {
            connection.send(unsent, this::settle);
        } finally {
            unsent.removeIf(answered::remove);
        }
    }

    private void pause(Throwable cause) throws InterruptedException {
        away = true;
        if (closing.getCount() > 0) {
            availability.down(Side.PUBLISHER, cause);
        }
        if (closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException();
        }
    }

    /** What Redis has answered is let go, and its caller told. */
    private void settle(Pending message, Runnable tellCaller) {
        answered.add(message);
        buffer.settled(message);
        tellCaller.run();
    }

    private void failRest() {
        unsent.addAll(queue.drain());
        for (Pending message : unsent) {
            settle(
                    message,
                    () -> message.result()
                            .completeExceptionally(new IllegalStateException(
                                    "the broker was closed before Redis at " + where + " answered")));
        }
    }

    /** Goes on until nothing waits any more, or the server is away. The buffer must take nothing by then. */
    @Override
    public void close() {
        closing.countDown();
        queue.wake();
    }

    /** Waits until what is buffered has been sent, or the time is over. */
    void join(Duration wait) throws InterruptedException {
        thread.join(wait.toMillis());
    }
}
