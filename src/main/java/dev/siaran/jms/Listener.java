package dev.siaran.jms;

import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Availability.Side;
import dev.siaran.internal.broker.Backoff;
import dev.siaran.internal.broker.OncePerMinute;
import dev.siaran.jms.Sequences.Verdict;
import dev.siaran.jms.Wire.Beat;
import dev.siaran.jms.Wire.Event;
import dev.siaran.jms.Wire.Heard;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Listens to the topic, for ever, on one thread: connects, receives until the connection breaks or falls silent, waits a
 * little, and begins again.
 */
final class Listener implements AutoCloseable {

    private static final Logger LOG = System.getLogger("dev.siaran.jms");

    /** How long {@link #close} may have to wait for the thread. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final JmsResources resources;
    private final String node;
    private final String topic;
    private final Feeds feeds;
    private final Beats beats;
    private final Availability availability;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final OncePerMinute faults = new OncePerMinute(LOG, Level.ERROR);
    private final OncePerMinute garbage = new OncePerMinute(LOG, Level.WARNING);

    // Used by the listener's thread only.
    private final Sequences sequences = new Sequences();
    private final Backoff backoff = new Backoff();

    /**
     * @param node what this node's own beats are signed with
     * @param topic its name, for people
     */
    Listener(
            JmsResources resources,
            String node,
            String topic,
            Feeds feeds,
            Beats beats,
            Availability availability,
            ThreadFactory factory) {
        this.resources = resources;
        this.node = node;
        this.topic = topic;
        this.feeds = feeds;
        this.beats = beats;
        this.availability = availability;
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
            LOG.log(Level.DEBUG, "the listener was interrupted", e);
        }
    }

    /** Nothing may end the thread, be it a class that is missing: nobody else would listen. */
    private void attempt() {
        try (var incoming = new Incoming(resources)) {
            listen(incoming);
        } catch (JMSException e) {
            report(e);
        } catch (RuntimeException | Error e) {
            if (closing.getCount() > 0) {
                faults.log("listening to the topic " + topic + " failed", e);
            }
            report(e);
        }
    }

    private void report(Throwable cause) {
        if (closing.getCount() > 0) {
            availability.down(Side.SUBSCRIBER, cause);
        }
    }

    private void listen(Incoming incoming) throws JMSException {
        beats.forget();
        sequences.interrupted();
        availability.up(Side.SUBSCRIBER);
        try {
            feeds.begin();
            while (closing.getCount() > 0) {
                Message message = incoming.receive(PATIENCE);
                if (message != null) {
                    take(message);
                    backoff.reset();
                } else if (beats.areMissing()) {
                    throw new JMSException("nothing comes back of what is sent to the topic " + topic);
                }
            }
        } finally {
            feeds.end();
        }
    }

    private void take(Message message) throws JMSException {
        Optional<Heard> heard = Wire.read(message);
        if (heard.isEmpty()) {
            garbage.log("skipped a message on the topic " + topic + " that is none of Siaran's: "
                    + message.getJMSMessageID());
        } else if (heard.get() instanceof Event event) {
            take(event);
        } else if (heard.get() instanceof Beat beat) {
            take(beat);
        }
    }

    private void take(Event event) {
        Verdict verdict = sequences.of(event);
        if (verdict == Verdict.AFTER_A_LOSS) {
            feeds.lost();
        }
        if (verdict != Verdict.REPEATED) {
            feeds.message(event.message());
        }
    }

    private void take(Beat beat) {
        if (!sequences.isComplete(beat)) {
            feeds.lost();
        }
        if (beat.publisher().equals(node)) {
            beats.heard(beat.number());
            feeds.beat(beat.number());
        }
    }

    /** The thread ends by itself soon. */
    @Override
    public void close() {
        closing.countDown();
    }

    /** Ends a thread that the server holds up. */
    void interrupt() {
        thread.interrupt();
    }
}
