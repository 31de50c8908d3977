package dev.siaran.internal.http;

/** Open Liberty: its non-blocking output waits on the socket, and with it every client of the shard. */
enum LibertyQuirk implements ServerQuirk {
    INSTANCE;

    @Override
    public boolean isBlocking() {
        return true;
    }
}
