package dev.siaran.internal.hub;

import dev.siaran.internal.config.SiaranConfig;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The bytes that a node keeps of all channels, in equal shares. Only a channel that has had an event has one: names that somebody has
 * made up take nothing away from those that are used.
 *
 * <p>Safe for use by many threads.
 */
final class LogBudget {

    private enum State {
        UNUSED,
        USED,
        RELEASED
    }

    /** What a channel has of the budget. */
    final class Claim {

        private final AtomicReference<State> state = new AtomicReference<>(State.UNUSED);

        /** The channel has an event. Does nothing the second time, or after the release: the broker may still be delivering. */
        void use() {
            if (state.getPlain() == State.UNUSED && state.compareAndSet(State.UNUSED, State.USED)) {
                used.incrementAndGet();
            }
        }

        /** The channel is kept no longer. */
        void release() {
            if (state.getAndSet(State.RELEASED) == State.USED) {
                used.decrementAndGet();
            }
        }
    }

    private final SiaranConfig.Log bounds;
    private final AtomicInteger used = new AtomicInteger();

    LogBudget(SiaranConfig.Log bounds) {
        this.bounds = bounds;
    }

    /** What each may hold: a channel's own bound, or its share of the node's, whichever is smaller. */
    long share() {
        return Math.min(bounds.maxBytes(), bounds.nodeBytes() / Math.max(1, used.get()));
    }
}
