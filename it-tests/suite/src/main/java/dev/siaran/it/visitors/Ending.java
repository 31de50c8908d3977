package dev.siaran.it.visitors;

import java.util.SplittableRandom;

/** How a stream ends, unless the server ends it before. */
enum Ending {
    /** The client closes. */
    LEAVE(42, 0, 300),
    /** The client resets the connection. */
    RESET(30, 0, 300),
    /** The client says that it has nothing more to send, and reads on. */
    HALF_CLOSE(10, 0, 200),
    /** The server ends the streams of the user. */
    REVOKED(15, 0, 200),
    /** The client waits until the stream is as old as a stream may be. */
    OUTLIVE(3, 0, 1),
    /** The client does not read for longer than the server waits, or lets a stream last; then it reads what there is. */
    STALL(0, 5000, 5001),
    /** The server should have ended it. */
    OVERDUE(0, 1, 2);

    private static final int ALL = 100;

    /** How many of a hundred. */
    private final int share;

    /** When it begins to end, after its head has come. */
    final long minMillis;

    final long maxMillis;

    Ending(int share, long minMillis, long maxMillis) {
        this.share = share;
        this.minMillis = minMillis;
        this.maxMillis = maxMillis;
    }

    static Ending choose(SplittableRandom random) {
        int choice = random.nextInt(ALL);
        for (Ending ending : values()) {
            choice -= ending.share;
            if (choice < 0) {
                return ending;
            }
        }
        throw new IllegalStateException("shares are of " + ALL);
    }
}
