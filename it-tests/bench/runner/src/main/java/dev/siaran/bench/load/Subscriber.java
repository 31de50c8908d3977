package dev.siaran.bench.load;

import dev.siaran.it.load.Loop;
import dev.siaran.it.load.SequenceCheck;
import dev.siaran.it.load.Server;
import dev.siaran.it.load.StreamConnection;
import dev.siaran.it.load.StreamListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** One client, which may connect many times and remembers what it has seen, as a browser does. For the loop's thread. */
final class Subscriber implements StreamListener {

    private final int number;
    private final boolean slow;
    private final Tally tally;
    private final Census census;
    private final SequenceCheck check = new SequenceCheck();

    private Census.State state = Census.State.AWAY;
    private @Nullable StreamConnection connection;
    private byte[] lastId = new byte[0];
    private boolean stalled;

    Subscriber(int number, boolean slow, Tally tally, Census census) {
        this.number = number;
        this.slow = slow;
        this.tally = tally;
        this.census = census;
        census.joined(slow);
    }

    /** Opens a connection that goes on after the last event. */
    void connect(Loop loop, Server server, boolean stalls) {
        move(Census.State.CONNECTING);
        stalled = stalls;
        try {
            connection = new StreamConnection(this, number, loop, server, lastId, stalls);
        } catch (IOException e) {
            throw new UncheckedIOException("client " + number + " cannot connect: " + e.getMessage(), e);
        }
    }

    /** Drops the connection. */
    void disconnect() {
        if (connection != null) {
            connection.close();
            remember();
        }
        move(Census.State.AWAY);
    }

    /** Reads, if it does not. */
    void thaw() {
        stalled = false;
        if (connection != null) {
            connection.thaw();
        }
    }

    @Override
    public void opened(int status) {
        move(status == 200 ? Census.State.OPEN : Census.State.REFUSED);
    }

    @Override
    public void ended() {
        move(state == Census.State.OPEN ? Census.State.ENDED : Census.State.REFUSED);
        remember();
    }

    private void move(Census.State next) {
        census.moved(slow, state, next);
        state = next;
    }

    private void remember() {
        if (connection != null) {
            byte[] id = connection.lastId();
            lastId = id.length == 0 ? lastId : id;
            connection = null;
        }
    }

    @Override
    public void reading() {
        tally.readAt(System.nanoTime());
    }

    @Override
    public void retry(long millis) {
        // The scenario says when
    }

    @Override
    public void event(long sequence, long stamp) {
        check.accept(sequence);
        if (!slow) {
            tally.delivered(stamp);
        }
    }

    @Override
    public void gap() {
        check.gap();
    }

    int number() {
        return number;
    }

    /** Whether it stops to read after the headers of its first connection. */
    boolean isSlow() {
        return slow;
    }

    /** Whether it is connected and reads. */
    boolean isReading() {
        return state == Census.State.OPEN && !stalled;
    }

    Census.State state() {
        return state;
    }

    SequenceCheck check() {
        return check;
    }
}
