package dev.siaran.redis;

import dev.siaran.spi.Broker.Delivery;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings the messages of one channel into one order without holes: what is announced is delivered at once if it follows the
 * last delivered, and otherwise after what lies between has been read from the log.
 *
 * <p>The lock is held while the delivery is called, which gives one caller at a time. No call of an application or of the
 * hub waits for it: {@link #close} only sets a flag.
 */
final class ChannelFeed {

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    private enum State {
        /** The server does not announce the channel to this node. */
        APART,
        /** The server announces, and what lies before is being read. */
        FILLING,
        /** All is delivered up to the last id. */
        LIVE
    }

    private final String channel;
    private final Delivery delivery;
    private final Refill refill;
    private final Expiry expiry;
    private final ReentrantLock lock = new ReentrantLock();

    private final long begun = System.nanoTime();

    /** Set once, by any thread. */
    private volatile boolean closed;

    // Guarded by the lock.
    private final Announced announced = new Announced();
    private final Losses losses = new Losses();
    private State state = State.APART;
    private int turn;
    private @Nullable String last;
    private @Nullable Epoch epoch;
    private @Nullable Entry tried;

    ChannelFeed(String channel, Delivery delivery, Refill refill, Duration historyTtl, Clock clock) {
        this.channel = channel;
        this.delivery = delivery;
        this.refill = refill;
        this.expiry = new Expiry(historyTtl, clock);
    }

    String channel() {
        return channel;
    }

    /** How long ago somebody asked for the channel. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** The server announces the channel from now on. */
    void subscribed() {
        lock.lock();
        try {
            if (state == State.APART) {
                fill();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The server announces the channel no more. */
    void disconnected() {
        lock.lock();
        try {
            if (state != State.APART) {
                expiry.disconnected();
            }
            state = State.APART;
            turn++;
            announced.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The server has announced an entry. */
    void announced(Entry entry) {
        lock.lock();
        try {
            switch (state) {
                case LIVE -> follow(entry);
                case FILLING -> announced.add(entry);
                case APART -> {} // it will be read
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isFilling(int asked) {
        lock.lock();
        try {
            return state == State.FILLING && turn == asked && !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the answer to a {@link Refill#request}. */
    void filled(int asked, Fill fill) {
        lock.lock();
        try {
            if (!isFilling(asked)) {
                return;
            }
            String before = last;
            if (before == null && announced.overflowed()) {
                announced.clear();
                fill(); // nothing is promised yet: a later start is as good
                return;
            }
            if (before == null) {
                last = fill.tail();
                losses.heard(fill.tail());
                call(() -> delivery.live(fill.tail()));
            } else {
                catchUp(before, fill);
            }
            epoch = fill.epoch();
            // What was announced may be trimmed from the log before the next page is read.
            if (announced.joins(fill.lastId()) || !fill.more()) {
                goLive();
            } else {
                fill();
            }
        } finally {
            lock.unlock();
        }
    }

    private void catchUp(String before, Fill fill) {
        if (hasHole(before, fill)) {
            lose();
        }
        if (fill.entries().isEmpty()) {
            last = fill.tail();
        }
        Entry previous = null;
        for (Entry entry : fill.entries()) {
            if (previous != null && !entry.follows(previous.id())) {
                lose(); // deleted by hand, or what was added after it had a copy was taken back
            }
            deliver(entry);
            previous = entry;
        }
    }

    /** Whether messages are missing between the last id and what the log has now. */
    private boolean hasHole(String before, Fill fill) {
        if (fill.epoch().endsThat(epoch)) {
            return true;
        }
        if (fill.entries().isEmpty()) {
            return !fill.tail().equals(before) && !(fill.tail().isEmpty() && expiry.explainsEmpty(before));
        }
        Entry first = fill.entries().get(0);
        return !first.follows(before) && !expiry.explainsStart(before, first);
    }

    private void goLive() {
        state = State.LIVE;
        while (state == State.LIVE && announced.hasNext()) {
            follow(announced.next());
        }
        if (state == State.LIVE && announced.overflowed()) {
            fill();
        }
    }

    /** Delivers an announced entry if it is next, else reads what lies before it. */
    private void follow(Entry entry) {
        String before = String.valueOf(last);
        int order = entry.place().compareTo(StreamId.of(before));
        boolean first = "".equals(entry.previous());
        if (order <= 0) {
            if (first && order < 0) {
                fill(); // a repetition, or a new log by a clock that was set back: the old one shows which
            }
        } else if (first || entry.follows(before)) {
            if (first) {
                // After others: the log expired or was deleted. Announcements were heard all along: no hole.
                losses.heard(before);
            }
            deliver(entry);
        } else if (entry.equals(tried)) {
            lose();
            deliver(entry);
        } else {
            tried = entry;
            announced.putBack(entry);
            fill();
        }
    }

    private void lose() {
        losses.told(String.valueOf(last));
        call(delivery::lost);
    }

    private void deliver(Entry entry) {
        if (losses.isNews(entry)) {
            lose();
        }
        losses.delivered(entry);
        last = entry.id();
        tried = null;
        entry.stored().ifPresent(message -> call(() -> delivery.message(message)));
    }

    private void fill() {
        state = State.FILLING;
        turn++;
        refill.request(this, turn, last);
    }

    /** A fault of the receiver must not end the subscription. */
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
