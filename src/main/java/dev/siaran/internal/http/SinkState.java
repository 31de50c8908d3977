package dev.siaran.internal.http;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far a sink is with what it was given to send, and who is at it: a thread that calls the sink, the runtime that has an event for
 * later, or nobody.
 *
 * <p>Safe for use by many threads. Guarded by its monitor.
 */
final class SinkState {

    private enum Phase {
        IDLE,
        /** A thread sends, or soon will. */
        SENDING,
        /** The runtime has yet to send an event; no thread waits for it. */
        PENDING,
        /** The end has come: a thread closes the sink, once it has sent what it was given. */
        ENDING,
        ENDED
    }

    private Phase phase = Phase.IDLE;
    private @Nullable Thread writer;
    private boolean sent = true;
    private boolean abandoned;
    private long endingSince;
    private @Nullable Throwable failure;

    /** Whether there is nothing to send, and may be. */
    synchronized boolean isIdle() {
        return phase == Phase.IDLE;
    }

    /** There is something to send, for a thread that comes; false if the end has come. */
    synchronized boolean give() {
        return change(Phase.IDLE, Phase.SENDING);
    }

    /** No thread will come. False if it was to close the sink. */
    synchronized boolean takeBack() {
        return change(Phase.SENDING, Phase.IDLE);
    }

    /** This thread sends, or closes, and may be broken off from here on. */
    synchronized void begin() {
        writer = Thread.currentThread();
    }

    /** Before each event: whether it may be sent. */
    synchronized boolean mayCall() {
        if (!sent || failure != null || abandoned) {
            return false;
        }
        sent = false;
        return true;
    }

    /** After each call: whether the event is not sent, so that the thread has to leave it to {@link #sent}. */
    synchronized boolean isLeftToRuntime() {
        if (sent || !change(Phase.SENDING, Phase.PENDING)) {
            return false;
        }
        writer = null;
        return true;
    }

    /** The runtime has sent an event, or has failed to. True if that leaves the rest to another thread. */
    synchronized boolean sent(@Nullable Throwable why) {
        sent = true;
        if (!isBrokenOff()) {
            // What is broken off is no failure of the sink
            failure = why;
        }
        return change(Phase.PENDING, Phase.SENDING);
    }

    /** Whether all is sent, and more may come. If not, the thread has to close the sink. */
    synchronized boolean hasTaken(boolean open) {
        if (open && failure == null && change(Phase.SENDING, Phase.IDLE)) {
            writer = null;
            return true;
        }
        if (phase != Phase.ENDING) {
            phase = Phase.ENDING;
            endingSince = System.nanoTime();
        }
        return false;
    }

    /** The end has come. True if another thread has to close the sink. */
    synchronized boolean close() {
        boolean unattended = phase == Phase.IDLE || phase == Phase.PENDING;
        if (unattended || phase == Phase.SENDING) {
            phase = Phase.ENDING;
            endingSince = System.nanoTime();
        }
        return unattended;
    }

    /** What the thread does from now on may be broken off. */
    synchronized void abandon() {
        abandoned = true;
    }

    /** Breaks off what a thread is doing, if the sink has been abandoned, or has ended and the client does not take the rest. */
    synchronized void breakOff(Consumer<Thread> breaker) {
        if (writer != null && isBrokenOff()) {
            breaker.accept(writer);
        }
    }

    private boolean isBrokenOff() {
        return abandoned || (phase == Phase.ENDING && System.nanoTime() - endingSince > BlockingOutlet.LAST_WRITE);
    }

    /** What the sink has failed with. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** The sink is closed, and nobody breaks off what this thread does from here on. Tells whether somebody may have. */
    synchronized boolean closed() {
        boolean brokenOff = isBrokenOff();
        writer = null;
        phase = Phase.ENDED;
        return brokenOff;
    }

    private boolean change(Phase from, Phase to) {
        if (phase != from) {
            return false;
        }
        phase = to;
        return true;
    }
}
