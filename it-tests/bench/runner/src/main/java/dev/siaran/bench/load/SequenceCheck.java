package dev.siaran.bench.load;

/**
 * Follows the numbers that one client sees, over all its connections. It begins with the first number; from there on every
 * number has to come once, in order.
 *
 * <p>For one thread.
 */
final class SequenceCheck {

    private long last = -1;
    private long lost;
    private long repeated;
    private long reordered;
    private long gaps;
    private long skipped;
    private boolean gapAnnounced;

    // Bit k: last - k has come
    private long seen;

    /** Takes the next number. */
    void accept(long sequence) {
        if (sequence > last) {
            if (last >= 0) {
                long missing = sequence - last - 1;
                if (gapAnnounced) {
                    skipped += missing;
                } else {
                    lost += missing;
                }
                gapAnnounced = false;
            }
            seen = advance(sequence - last);
            last = sequence;
        } else {
            late(last - sequence);
        }
    }

    private long advance(long by) {
        // Before the first one nothing is missing
        long before = last < 0 ? -1 : seen;
        return by < 64 ? before << by | 1 : last < 0 ? -1 : 1;
    }

    private void late(long age) {
        if (age >= 64 || (seen >>> age & 1) != 0) {
            repeated++;
        } else {
            seen |= 1L << age;
            lost--;
            reordered++;
        }
    }

    /** The server has announced that what follows does not join: numbers that are missing now are not lost in silence. */
    void gap() {
        gaps++;
        gapAnnounced = true;
    }

    /** Says which number was published last: what has not come of it is lost. */
    void end(long newest) {
        if (last >= 0 && newest > last) {
            lost += newest - last;
            last = newest;
        }
    }

    /** The newest number, -1 before the first. */
    long last() {
        return last;
    }

    /** Numbers that never came, without a word. */
    long lost() {
        return lost;
    }

    /** Numbers that came more than once. */
    long repeated() {
        return repeated;
    }

    /** Numbers that came after a later one. */
    long reordered() {
        return reordered;
    }

    /** Announcements of a gap. */
    long gaps() {
        return gaps;
    }

    /** Numbers that never came and that a gap had announced. */
    long skipped() {
        return skipped;
    }

    /** Whether everything came once, in order. */
    boolean isComplete() {
        return last >= 0 && lost == 0 && repeated == 0 && reordered == 0 && gaps == 0;
    }
}
