package dev.siaran.internal.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an application's own {@code stream()} sends: a short queue between its thread and the shard. The queue takes one
 * frame at a time, so that a slow client holds back the thread that sends to it, and nobody else.
 *
 * <p>Safe for use by many threads.
 */
public final class StreamSource implements Source {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private boolean ended;
    private boolean closed;
    private @Nullable Connection connection;
    private @Nullable Thread writer;

    StreamSource(byte[] retry) {
        waiting.add(retry);
    }

    /** Names the thread that runs the stream: it is interrupted when the stream closes. */
    public void runsOn(Thread thread) {
        lock.lock();
        try {
            writer = thread;
            if (closed) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the client is connected, as far as is known. */
    public boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a frame; returns when the server has taken it.
     *
     * @return false if the stream has closed
     * @throws InterruptedException if the thread was interrupted while the stream is open
     */
    public boolean send(byte[] frame) throws InterruptedException {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.add(frame);
            wakeWriter();
            await(() -> !waiting.contains(frame), Long.MAX_VALUE);
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits.
     *
     * @return false if the stream has closed
     * @throws InterruptedException if the thread was interrupted while the stream is open
     */
    public boolean pause(Duration duration) throws InterruptedException {
        lock.lock();
        try {
            await(() -> false, duration.toNanos());
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier done, long nanos) throws InterruptedException {
        long left = nanos;
        try {
            while (!closed && left > 0 && !done.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            if (!closed) {
                throw e;
            }
            Thread.currentThread().interrupt();
        }
    }

    private void wakeWriter() {
        Connection current = connection;
        if (current != null) {
            current.wake();
        }
    }

    /** The stream has sent all it had: the connection ends once that is written. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            writer = null;
            wakeWriter();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void opened(Connection opened) {
        lock.lock();
        try {
            connection = opened;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Progress writeNext(Outlet outlet) throws IOException {
        byte[] frame = next();
        if (frame == null) {
            return Progress.NOTHING;
        }
        outlet.write(frame, 0, frame.length);
        written();
        return Progress.SOME;
    }

    private byte @Nullable [] next() {
        lock.lock();
        try {
            byte[] frame = waiting.peek();
            if (frame == null && ended && connection != null) {
                connection.close();
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }

    private void written() {
        lock.lock();
        try {
            waiting.poll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void closed() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
            if (writer != null) {
                writer.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
