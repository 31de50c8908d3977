package dev.siaran.rabbitmq;

import dev.siaran.internal.broker.OncePerMinute;
import dev.siaran.internal.broker.Pending;
import dev.siaran.internal.broker.PublishQueue;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is published, on one thread, in order, without waiting for an answer. Over a new connection it first sends again
 * what has not come back through the stream: by then the stream has been read as far as the old connection can have written.
 *
 * <p>Safe for use by many threads.
 */
final class Publisher {

    private static final System.Logger LOG = System.getLogger("dev.siaran.rabbitmq");

    private static final int BATCH_EVENTS = 512;
    private static final long BATCH_BYTES = 1 << 20;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final RabbitSettings settings;
    private final String node;
    private final PublishQueue queue;
    private final InFlight inFlight;
    private final Current current;
    private final OncePerMinute faults = new OncePerMinute(LOG, Level.ERROR);
    private final Thread thread;

    /** Set once, by any thread. */
    private volatile boolean closing;

    /** Used by the publisher's thread only. */
    private @Nullable PublishChannel channel;

    Publisher(
            RabbitSettings settings,
            String node,
            PublishQueue queue,
            InFlight inFlight,
            Current current,
            ThreadFactory threads) {
        this.settings = settings;
        this.node = node;
        this.queue = queue;
        this.inFlight = inFlight;
        this.current = current;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Lets it look for a new connection. */
    void wake() {
        queue.wake();
    }

    private void run() {
        try {
            boolean last;
            boolean done;
            do {
                last = closing;
                Link link = current.await(PAUSE_MILLIS);
                done = link == null || step(link);
            } while (!(last && done));
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "publishing to RabbitMQ was interrupted", e);
        }
    }

    /** Sends some of what waits. Returns whether nothing did. */
    private boolean step(Link link) throws InterruptedException {
        try {
            PublishChannel open = channel;
            if (open == null || !open.isOver(link)) {
                open = PublishChannel.open(link, settings, node, inFlight);
                channel = open;
                send(open, inFlight.all());
            }
            int room = link.awaitUnblocked(PAUSE_MILLIS) ? inFlight.awaitRoom(PAUSE_MILLIS) : 0;
            if (room == 0) {
                return false;
            }
            List<Pending> batch = queue.take(Math.min(room, BATCH_EVENTS), BATCH_BYTES, closing ? Duration.ZERO : IDLE);
            batch.forEach(inFlight::add);
            send(open, batch);
            return batch.isEmpty();
        } catch (IOException e) {
            channel = null;
            link.breakWith(e);
        } catch (RuntimeException | Error e) {
            // Nothing may end the thread, be it a class that is missing.
            faults.log("publishing to RabbitMQ failed", e);
            channel = null;
            link.breakWith(e);
        }
        return false;
    }

    private static void send(PublishChannel open, List<Pending> messages) throws IOException {
        for (Pending message : messages) {
            open.send(message);
        }
    }

    /**
     * Sends what waits and ends, when all has come back, the time is over, or there is no connection. The buffer must take
     * nothing by then.
     */
    void close(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        closing = true;
        queue.wake();
        thread.join(most.toMillis());
        boolean back = false;
        while (!back && current.await(0) != null && end - System.nanoTime() > 0) {
            back = inFlight.awaitNone(PAUSE_MILLIS);
        }
        thread.interrupt();
    }
}
