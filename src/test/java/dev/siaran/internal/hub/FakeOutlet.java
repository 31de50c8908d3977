package dev.siaran.internal.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.internal.wire.EventStreamParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A client whose network the test holds in its hands. */
final class FakeOutlet implements Outlet {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final List<ByteBuffer> arrays = new ArrayList<>();
    private boolean stalled;
    private boolean stallingNext;
    private boolean promised;
    private boolean broken;
    private boolean blocking;
    private boolean waiting;
    private boolean closed;
    private boolean abandoned;
    private boolean leftToItself = true;
    private int writes;
    private Runnable onWrite = () -> {};
    private Connection connection;

    static FakeOutlet open(Connection connection) {
        return open(connection, () -> {});
    }

    /** One whose writes, from the first on, do something first. */
    static FakeOutlet open(Connection connection, Runnable onWrite) {
        var outlet = new FakeOutlet();
        outlet.connection = connection;
        outlet.onWrite = onWrite;
        connection.open(outlet);
        return outlet;
    }

    static FakeOutlet openStalled(Connection connection) {
        var outlet = new FakeOutlet();
        outlet.connection = connection;
        outlet.stalled = true;
        connection.open(outlet);
        return outlet;
    }

    synchronized void stall() {
        stalled = true;
    }

    /** The next write is kept, because the flush that follows it finds the client stalled. */
    synchronized void stallBeforeNextFlush() {
        stallingNext = true;
    }

    void resume() {
        synchronized (this) {
            stalled = false;
        }
        connection.ready();
    }

    /** Its response does not end by itself. */
    synchronized void needsAnEnd() {
        leftToItself = false;
    }

    @Override
    public synchronized boolean mayEndByItself() {
        return leftToItself;
    }

    synchronized void breakConnection() {
        broken = true;
    }

    /** From now on each write does something first. */
    synchronized void onWrite(Runnable action) {
        onWrite = action;
    }

    /** From now on a write waits for ever, though the outlet says that it is ready. */
    synchronized void block() {
        blocking = true;
    }

    /** Whether a write waits. */
    synchronized boolean isWaiting() {
        return waiting;
    }

    /** Waits until a write waits, then does something, then lets the write go on. */
    synchronized void whileBlocked(Runnable action) {
        await(outlet -> outlet.waiting);
        action.run();
        blocking = false;
        notifyAll();
    }

    @Override
    public synchronized boolean isReady() {
        promised = !stalled;
        return promised;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed || abandoned) {
            throw new AssertionError("written after the end");
        }
        if (!promised) {
            throw new AssertionError("written while not ready");
        }
        while (blocking && !abandoned) {
            waiting = true;
            notifyAll();
            waitForChange();
        }
        if (broken || abandoned) {
            throw new IOException("Broken pipe");
        }
        onWrite.run();
        writes++;
        written.write(bytes, offset, length);
        arrays.add(ByteBuffer.wrap(bytes, offset, length));
        stalled |= stallingNext;
        stallingNext = false;
        notifyAll();
    }

    @Override
    public synchronized boolean flush() {
        if (!isReady()) {
            return false;
        }
        taken.writeBytes(written.toByteArray());
        written.reset();
        notifyAll();
        return true;
    }

    @Override
    public synchronized void close() {
        flush();
        closed = true;
        notifyAll();
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    private void waitForChange() {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    synchronized int writes() {
        return writes;
    }

    synchronized EventStreamParser stream() {
        return EventStreamParser.parse(taken.toByteArray());
    }

    synchronized byte[] bytes() {
        return taken.toByteArray();
    }

    synchronized String text() {
        return taken.toString(UTF_8);
    }

    /** All that was written, as it stands by now in the arrays that were given to it: an outlet may keep them. */
    synchronized String textOfArrays() {
        return arrays.stream().map(array -> UTF_8.decode(array.duplicate())).collect(Collectors.joining());
    }

    List<String> data() {
        return stream().events().stream().map(EventStreamParser.Event::data).toList();
    }

    List<String> awaitEvents(int count) {
        await(outlet -> outlet.stream().events().size() >= count);
        return data();
    }

    void awaitClosed() {
        await(outlet -> outlet.closed);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized boolean isAbandoned() {
        return abandoned;
    }

    synchronized void await(Predicate<FakeOutlet> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.test(this)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within 10 s; the client has: " + text());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
