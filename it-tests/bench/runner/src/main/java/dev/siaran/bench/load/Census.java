package dev.siaran.bench.load;

/** How many clients are where. For the loop's thread. */
final class Census {

    /** Where a client is. */
    enum State {
        AWAY,
        CONNECTING,
        OPEN,
        /** The server did not answer 200. */
        REFUSED,
        /** The server ended the stream. */
        ENDED
    }

    private final int[] healthy = new int[State.values().length];
    private final int[] slow = new int[State.values().length];

    void joined(boolean isSlow) {
        of(isSlow)[State.AWAY.ordinal()]++;
    }

    void moved(boolean isSlow, State from, State to) {
        of(isSlow)[from.ordinal()]--;
        of(isSlow)[to.ordinal()]++;
    }

    private int[] of(boolean isSlow) {
        return isSlow ? slow : healthy;
    }

    /** Clients that read. */
    int healthy(State state) {
        return healthy[state.ordinal()];
    }

    /** Clients that do not, at first. */
    int slow(State state) {
        return slow[state.ordinal()];
    }

    int all(State state) {
        return healthy(state) + slow(state);
    }
}
