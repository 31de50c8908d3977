package dev.siaran.internal.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Leaves handshakes half of the processors. A server has dozens of threads for requests: when clients come in crowds, all of those would
 * compete with the few that deliver, and with the compiler of a JVM that has just been started, which alone can make a handshake cheap.
 *
 * <p>A handshake may wait for other things than a processor, a database that knows who may listen or a broker, and what looks like one may
 * be a whole stream of somebody else's, which keeps its thread until its client leaves. So nobody waits here for long, and whoever has
 * waited takes the place of the one who has had one longest.
 *
 * <p>Safe for use by many threads.
 */
final class HandshakeGate {

    /** Some forty handshakes. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

    private final Semaphore places;
    private final Duration longestWait;

    /** A token for each place that is taken, the oldest first. */
    private final Queue<Object> taken = new ConcurrentLinkedQueue<>();

    /** A request on its way to the resources and back. */
    @FunctionalInterface
    interface Handshake {
        /** Serves it. */
        void run() throws IOException, ServletException;
    }

    HandshakeGate() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), LONGEST_WAIT);
    }

    HandshakeGate(int atOnce, Duration longestWait) {
        this.places = new Semaphore(atOnce);
        this.longestWait = longestWait;
    }

    /** Serves one when it is its turn, or has waited for long enough. */
    void pass(Handshake handshake) throws IOException, ServletException {
        var place = new Object();
        if (isPlaceLeft() || taken.poll() != null) {
            taken.add(place);
        }
        try {
            handshake.run();
        } finally {
            if (taken.remove(place)) {
                places.release();
            }
        }
    }

    /** How many places nobody has. */
    int free() {
        return places.availablePermits();
    }

    /** Whether somebody waits for one. */
    boolean isAwaited() {
        return places.hasQueuedThreads();
    }

    private boolean isPlaceLeft() {
        try {
            return places.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
