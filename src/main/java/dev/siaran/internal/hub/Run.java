package dev.siaran.internal.hub;

/**
 * Frames that stand side by side in a log: written to every connection at the same position, copied for none.
 *
 * @param position where the run begins
 * @param bytes a segment of the log; this range of it never changes
 * @param next the position after the run
 */
@SuppressWarnings("ArrayRecordComponent") // a window on shared bytes, compared by nobody
record Run(long position, byte[] bytes, int offset, int length, long next) {

    /** The position asked for is older than all that is kept. */
    static final Run TRIMMED = new Run(-1, new byte[0], 0, 0, -1);

    boolean isTrimmed() {
        return position < 0;
    }
}
