package dev.siaran.jms;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Availability.Side;
import dev.siaran.internal.broker.Backoff;
import dev.siaran.internal.broker.OncePerMinute;
import dev.siaran.internal.broker.Pending;
import dev.siaran.internal.broker.PublishBuffer;
import dev.siaran.internal.broker.PublishQueue;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is published, on one thread, in order, each when the one before is answered. What is not answered is sent again
 * with the same number, by which every listener tells a repetition.
 *
 * <p>Safe for use by many threads.
 */
final class Publisher implements AutoCloseable {

    private static final Logger LOG = System.getLogger("dev.siaran.jms");

    private static final int BATCH_EVENTS = 512;
    private static final long BATCH_BYTES = 1 << 20;

    private static final Duration BEAT_CHECK = Duration.ofMillis(20);

    /** So often may an event break a connection that has just carried a beat. */
    private static final int ATTEMPTS = 5;

    /** The id of what the server numbers not. */
    private static final String NO_ID = "";

    private final JmsResources resources;
    private final String node;
    private final String topic;
    private final PublishBuffer buffer;
    private final PublishQueue queue;
    private final Beats beats;
    private final Availability availability;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final OncePerMinute faults = new OncePerMinute(LOG, Level.ERROR);
    private final OncePerMinute refusals = new OncePerMinute(LOG, Level.WARNING);

    // Used by the publisher's thread only.
    private final ArrayDeque<Pending> unsent = new ArrayDeque<>();
    private final Backoff backoff = new Backoff();
    private @Nullable Outgoing outgoing;
    private boolean away;

    /** The number of the last event that is done with. Not that of {@link Pending}: one that is refused leaves no hole. */
    private long sequence;

    /** How often the first that is unsent has been tried in vain. */
    private int attempts;

    Publisher(
            JmsResources resources,
            String node,
            String topic,
            PublishBuffer buffer,
            PublishQueue queue,
            Beats beats,
            Availability availability,
            ThreadFactory factory) {
        this.resources = resources;
        this.node = node;
        this.topic = topic;
        this.buffer = buffer;
        this.queue = queue;
        this.beats = beats;
        this.availability = availability;
        this.thread = factory.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!isDone()) {
                if (unsent.isEmpty() && !beats.isDue()) {
                    unsent.addAll(queue.take(BATCH_EVENTS, BATCH_BYTES, beats.untilDue()));
                }
                attempt();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "closed while the server was away", e);
        } finally {
            disconnect();
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
        boolean reused = outgoing != null;
        try {
            Outgoing open = connect();
            beatIfDue(open);
            sendAll(open);
            backoff.reset();
            availability.up(Side.PUBLISHER);
        } catch (JMSException e) {
            disconnect();
            if (reused) {
                away = true; // it broke while it was idle, perhaps long ago: a new one shows whether the server is
                // there
            } else {
                pause(e);
            }
        } catch (RuntimeException | Error e) {
            // Nothing may end the thread, be it a class that is missing.
            if (closing.getCount() > 0) {
                faults.log("publishing to the topic " + topic + " failed", e);
            }
            disconnect();
            pause(e);
        }
    }

    /** A new connection has to carry a beat first: if an event breaks it afterwards, that may be the event's fault. */
    private Outgoing connect() throws JMSException, InterruptedException {
        Outgoing open = outgoing;
        if (open == null) {
            open = new Outgoing(resources, node);
            outgoing = open;
            beat(open);
            letListenersComeBack(open);
        }
        return open;
    }

    /**
     * After an outage every node has to listen again: what has gathered here must not go out before. Feeds that begin anew wait
     * for a beat.
     */
    private void letListenersComeBack(Outgoing open) throws JMSException, InterruptedException {
        long begin = System.nanoTime();
        while (away && closing.getCount() > 0) {
            long left = Backoff.LONGEST.toNanos() - (System.nanoTime() - begin);
            if (left <= 0) {
                away = false;
            } else if (!closing.await(Math.min(left, BEAT_CHECK.toNanos()), TimeUnit.NANOSECONDS)) {
                beatIfDue(open);
            }
        }
    }

    private void beatIfDue(Outgoing open) throws JMSException {
        if (beats.isDue()) {
            beat(open);
        }
    }

    private void beat(Outgoing open) throws JMSException {
        long number = beats.next();
        open.beat(sequence, number);
        beats.sent(number);
    }

    private void sendAll(Outgoing open) throws JMSException {
        while (!unsent.isEmpty()) {
            Pending next = unsent.element();
            attempts++;
            try {
                open.send(sequence + 1, next);
                done(next);
            } catch (JMSSecurityException | MessageFormatException | ResourceAllocationException e) {
                refused(next, "the server refused it: " + e.getMessage(), e);
            } catch (JMSException | RuntimeException e) {
                if (attempts >= ATTEMPTS) {
                    sequence++; // the server may have it after all: the number must not be another's
                    refused(next, "the connection broke " + attempts + " times when it was sent: " + e.getMessage(), e);
                }
                throw e;
            }
        }
    }

    private void done(Pending sent) {
        sequence++;
        settle(sent);
        sent.result().complete(NO_ID);
    }

    private void refused(Pending event, String why, Exception cause) {
        settle(event);
        String line = event.channel() + ": an event was not published: " + why;
        refusals.log(line);
        event.result().completeExceptionally(new IllegalStateException(line, cause));
    }

    private void settle(Pending event) {
        unsent.remove();
        attempts = 0;
        buffer.settled(event);
    }

    private void disconnect() {
        Outgoing open = outgoing;
        outgoing = null;
        if (open != null) {
            open.close();
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

    private void failRest() {
        unsent.addAll(queue.drain());
        while (!unsent.isEmpty()) {
            Pending left = unsent.element();
            settle(left);
            left.result()
                    .completeExceptionally(
                            new IllegalStateException("the broker was closed before the topic " + topic + " had it"));
        }
    }

    /** Goes on until nothing waits any more, or the server is away. The buffer must take nothing by then. */
    @Override
    public void close() {
        closing.countDown();
        queue.wake();
    }

    /** Waits until what is buffered has been sent, but no longer than this. */
    void join(Duration wait) throws InterruptedException {
        thread.join(wait.toMillis());
        thread.interrupt();
    }
}
