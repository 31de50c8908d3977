package dev.siaran.internal.hub;

/** What becomes of a client that is slower than its channel. */
public enum SlowPolicy {
    /** Once the log no longer holds its next event it is disconnected; it comes back with its last id and is replayed. */
    DISCONNECT,
    /** Once the log no longer holds its next event it gets a gap, then what the log holds. */
    DROP_OLDEST,
    /** An event that has a successor of the same type before it could be written is left out. */
    LATEST
}
