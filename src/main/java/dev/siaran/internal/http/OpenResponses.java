package dev.siaran.internal.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The responses that streams have taken over and that are not complete yet. A container completes them on threads of its own; an
 * application that is gone before may leave something on those threads (Weld does, on WildFly).
 *
 * <p>Safe for use by many threads. Guarded by its monitor.
 */
final class OpenResponses {

    private final Set<TakenResponse> open = new HashSet<>();

    synchronized void add(TakenResponse response) {
        open.add(response);
    }

    synchronized void remove(TakenResponse response) {
        if (open.remove(response) && open.isEmpty()) {
            notifyAll();
        }
    }

    /** How many there are. */
    synchronized int size() {
        return open.size();
    }

    /** Waits until all are complete, or the time is over. */
    synchronized void awaitNone(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!open.isEmpty()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
