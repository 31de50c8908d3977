package dev.siaran.internal.http;

import dev.siaran.internal.hub.Outlet;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A servlet response in blocking mode, each write on a thread that may wait: for containers whose non-blocking write waits for
 * the client all the same. To the shard it is an outlet that is not ready while a write is under way.
 *
 * <p>Nobody completes the response while a write is under way: the container may give it to another request.
 */
final class BlockingOutlet implements Outlet, BlockingWriters.Write {

    /** How long the write may take that is under way when the response ends. */
    static final long LAST_WRITE = Duration.ofSeconds(1).toNanos();

    private enum State {
        IDLE,
        WRITING,
        /** The end has come while a write was under way: the writer completes the response. */
        ENDING,
        ENDED
    }

    private final TakenResponse response;
    private final ServletOutputStream output;
    private final BlockingWriters writers;
    private final Consumer<Thread> breaker;

    private final ReentrantLock lock = new ReentrantLock();

    // Changed under the lock
    private volatile State state = State.IDLE;

    // Guarded by the lock
    private @Nullable Thread writer;
    private boolean abandoned;
    private long endingSince;

    // Set by the shard, then the writer's
    private byte[] bytes = {};
    private int offset;
    private int length;

    /**
     * An outlet for a response.
     *
     * @param breaker makes the write return that this thread waits in; called only while it does
     */
    BlockingOutlet(
            TakenResponse response, ServletOutputStream output, BlockingWriters writers, Consumer<Thread> breaker) {
        this.response = response;
        this.output = output;
        this.writers = writers;
        this.breaker = breaker;
    }

    @Override
    public boolean isReady() {
        return state == State.IDLE;
    }

    @Override
    public void write(byte[] source, int from, int count) throws IOException {
        if (!change(State.IDLE, State.WRITING)) {
            throw new IOException("the response has ended");
        }
        bytes = source;
        offset = from;
        length = count;
        try {
            writers.execute(this);
        } catch (RejectedExecutionException e) {
            change(State.WRITING, State.IDLE);
            throw new IOException("the threads that write have ended", e);
        }
    }

    /** The write, on a thread that may wait. */
    @Override
    public void run() {
        try {
            if (begin()) {
                output.write(bytes, offset, length);
                output.flush();
            }
            if (returned(State.IDLE)) {
                response.connection().ready();
                return;
            }
        } catch (IOException | RuntimeException e) {
            returned(State.ENDING);
            response.connection().lost(e);
        }
        change(State.ENDING, State.ENDED);
        response.complete(Runnable::run);
    }

    private boolean begin() {
        lock.lock();
        try {
            writer = Thread.currentThread();
            return !isBrokenOff();
        } finally {
            lock.unlock();
        }
    }

    /** From here on nobody breaks off the write. Changes the state, unless the end has come meanwhile. */
    private boolean returned(State next) {
        lock.lock();
        try {
            writer = null;
            return change(State.WRITING, next);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean flush() {
        // Each write flushes
        return true;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (state == State.WRITING) {
                endingSince = System.nanoTime();
                state = State.ENDING;
            }
            if (state == State.ENDING) {
                // The writer completes
                return;
            }
            state = State.ENDED;
        } finally {
            lock.unlock();
        }
        response.complete(Runnable::run);
    }

    /** Does not wait for the write that is under way, but makes it return; the writer then completes the response. */
    @Override
    public void abandon() {
        close();
        lock.lock();
        try {
            abandoned = true;
        } finally {
            lock.unlock();
        }
        breakOffAgain();
    }

    /** Also if it has ended, and the client does not take the rest. */
    @Override
    public void breakOffAgain() {
        lock.lock();
        try {
            if (writer != null && isBrokenOff()) {
                breaker.accept(writer);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isBrokenOff() {
        return abandoned || (state == State.ENDING && System.nanoTime() - endingSince > LAST_WRITE);
    }

    private boolean change(State from, State to) {
        lock.lock();
        try {
            if (state != from) {
                return false;
            }
            state = to;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
