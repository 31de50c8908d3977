package dev.siaran.internal.hub;

import dev.siaran.internal.wire.FrameEncoder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One open response. Owned by one shard, whose thread does all the writing; anyone may end it. The end is one change of
 * state under one lock, and nothing is written after it.
 *
 * <p>Safe for use by many threads.
 */
public final class Connection implements Runnable {

    private static final Logger LOG = System.getLogger(Connection.class.getName());

    /** The most that one connection is given before the others have their turn. */
    private static final int TURN_WRITES = 16;

    private final Shard shard;
    private final Source source;
    private final String label;
    final Lease lease;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean queued = new AtomicBoolean();

    // Each becomes true once, and stays so: a connection is open in between
    private volatile boolean begun;
    private final AtomicBoolean ended = new AtomicBoolean();

    // Set by the container's callback, cleared by the shard
    private volatile boolean unblocked;

    // Set under the lock
    private volatile @Nullable Outlet outlet;

    // The shard's thread only
    private final Flow flow = new Flow();
    int index = -1;

    Connection(Shard shard, Source source, String label, Lease lease) {
        this.shard = shard;
        this.source = source;
        this.label = label;
        this.lease = lease;
    }

    /** Begins to write to the outlet; waits a moment if the shard is behind. Called once. */
    public void open(Outlet target) {
        lock.lock();
        try {
            if (ended.get()) {
                target.close();
                return;
            }
            outlet = target;
        } finally {
            lock.unlock();
        }
        shard.letIn(this::begin);
        if (shard.isStopped()) {
            close();
        }
    }

    /** The first turn. One that the container has asked for may come before it, and must find nothing to do. */
    private void begin() {
        if (!ended.get()) {
            begun = true;
            shard.connections().add(this, shard.now());
            lease.settle();
            source.opened(this);
            write();
        }
    }

    /** Whether the connection has not ended. */
    public boolean isOpen() {
        return !ended.get();
    }

    private boolean isBegun() {
        return begun && !ended.get();
    }

    /** The outlet takes bytes again. */
    public void ready() {
        unblocked = true;
        wake();
    }

    /** There is something new to send. */
    void wake() {
        if (!queued.getAndSet(true)) {
            shard.execute(this);
        }
    }

    /** Ends the response in good order. Does nothing if the connection has ended. */
    public void close() {
        lock.lock();
        try {
            if (end(null) && outlet != null) {
                outlet.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the response in good order, after last words that are left out if the outlet does not take them now. */
    void closeWith(byte[] lastWords) {
        lock.lock();
        try {
            if (isBegun() && outlet != null && outlet.isReady()) {
                outlet.write(lastWords, 0, lastWords.length);
                outlet.flush();
            }
            close();
        } catch (IOException | RuntimeException e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The container says that the response is gone. Waits for a write that is under way, so that none comes after this
     * returns; not for ever, because a container may call this with a lock of its own held.
     */
    public void lost(@Nullable Throwable cause) {
        whileNobodyWrites(() -> end(cause));
    }

    /** The outlet has failed, and not in a write. As {@link #lost}, but whoever says so leaves it to the connection to end the response. */
    public void failed(Throwable cause) {
        whileNobodyWrites(() -> fail(cause));
    }

    private void whileNobodyWrites(Runnable end) {
        boolean locked = false;
        try {
            locked = lock.tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            end.run();
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    /** Ends a connection whose write does not return. The writer holds the lock; ending the response is what ends the write. */
    void giveUp() {
        Outlet stuck = outlet;
        if (end(new IOException("a write has not returned")) && stuck != null) {
            stuck.abandon();
        }
    }

    private boolean end(@Nullable Throwable cause) {
        // Under the lock, but for a connection that is given up because its writer does not let the lock go
        if (ended.getAndSet(true)) {
            return false;
        }
        if (cause != null) {
            LOG.log(Level.DEBUG, () -> label + ": client left (" + cause + ")");
        }
        shard.execute(() -> {
            shard.connections().remove(this);
            lease.end();
            source.closed();
        });
        return true;
    }

    private void fail(Throwable cause) {
        Outlet failed = outlet;
        if (!end(cause) || failed == null) {
            return;
        }
        if (failed.mayEndByItself()) {
            shard.later(failed::abandon);
        } else {
            shard.execute(failed::abandon);
        }
    }

    /** A turn that the connection has asked for. */
    @Override
    public void run() {
        queued.set(false);
        if (unblocked) {
            unblocked = false;
            flow.unblock();
        }
        write();
    }

    /** Writes what is due, while the outlet takes it. The shard's thread only. */
    void write() {
        if (flow.isBlocked() || !isBegun()) {
            return;
        }
        lock.lock();
        try {
            Outlet target = outlet;
            if (target == null) {
                return;
            }
            shard.writing(this);
            int writes = 0;
            while (isBegun() && flow.isWritable(target, shard.now())) {
                if (writes == TURN_WRITES) {
                    wake();
                    break;
                }
                Source.Progress progress = source.writeNext(target);
                if (progress == Source.Progress.NOTHING) {
                    break;
                }
                writes++;
                if (progress == Source.Progress.ALL) {
                    // Asking an outlet whether it is ready costs nearly as much as writing to it
                    break;
                }
            }
            if (writes > 0) {
                flow.wrote(shard.now());
            }
            if (isBegun()) {
                flow.flush(target, shard.now());
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        } finally {
            shard.written();
            lock.unlock();
        }
    }

    /**
     * Keeps an idle connection alive, ends one that takes nothing or whose time is over. The shard's thread only.
     *
     * @return the time at which there may be such a thing to do again
     */
    long tick(Pace pace) {
        if (!isOpen()) {
            return shard.now();
        }
        if (lease.isOver(shard.now())) {
            close();
        } else if (flow.isStuck(pace, shard.now())) {
            LOG.log(Level.DEBUG, () -> label + ": client took nothing for too long");
            fail(new IOException("nothing taken for " + pace.maxLag()));
        } else if (flow.isSilent(pace, shard.now())) {
            heartbeat();
        }
        return lease.soonest(flow.due(pace, shard.now()));
    }

    private void heartbeat() {
        lock.lock();
        try {
            if (isBegun() && outlet != null && flow.isWritable(outlet, shard.now())) {
                shard.writing(this);
                outlet.write(FrameEncoder.HEARTBEAT, 0, FrameEncoder.HEARTBEAT.length);
                flow.wrote(shard.now());
                flow.flush(outlet, shard.now());
                flow.beat(outlet);
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        } finally {
            shard.written();
            lock.unlock();
        }
    }

    Shard shard() {
        return shard;
    }

    @Override
    public String toString() {
        return label;
    }
}
