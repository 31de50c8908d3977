package dev.siaran.internal.broker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for one server, in order. How much that may be is the {@link PublishBuffer}'s affair.
 *
 * <p>Safe for use by many threads; one of them takes.
 */
public final class PublishQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private boolean woken;

    public void add(Pending pending) {
        lock.lock();
        try {
            waiting.add(pending);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest messages, waiting for one until the time is over or {@link #wake} is called. */
    public List<Pending> take(int maxEvents, long maxBytes, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (waiting.isEmpty() && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            List<Pending> taken = new ArrayList<>();
            long size = 0;
            while (taken.size() < maxEvents && !waiting.isEmpty() && size < maxBytes) {
                Pending next = waiting.remove();
                size += next.bytes();
                taken.add(next);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Lets a waiting {@link #take} return. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that waits. */
    public List<Pending> drain() {
        lock.lock();
        try {
            List<Pending> taken = List.copyOf(waiting);
            waiting.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
