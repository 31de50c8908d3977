package dev.siaran.it.load;

import org.jspecify.annotations.Nullable;

/**
 * Follows the numbers that one client sees, over all its connections. It begins with the first number; from there on every
 * number has to come once, in order.
 *
 * <p>For one thread.
 */
public final class SequenceCheck {

    /** How far back it is known what has come; anything older counts as a repetition. */
    private static final int WINDOW = 64;

    private long first;
    private long last = -1;
    private long lost;
    private long repeated;
    private long reordered;
    private long gaps;
    private long skipped;
    private boolean gapAnnounced;
    private @Nullable String problem;

    // Bit k: last - k has come
    private long seen;

    /** Takes the next number. */
    public void accept(long sequence) {
        if (last < 0) {
            first = sequence;
            last = sequence;
            seen = 1;
        } else if (sequence > last) {
            advance(sequence - last);
            last = sequence;
        } else {
            late(sequence, last - sequence);
        }
    }

    private void advance(long by) {
        if (gapAnnounced) {
            skipped += by - 1;
        } else if (by > 1) {
            lost += by - 1;
            found("after " + last + " came " + (last + by));
        }
        gapAnnounced = false;
        seen = by < WINDOW ? seen << by | 1 : 1;
    }

    private void found(String what) {
        problem = problem == null ? what : problem;
    }

    private void late(long sequence, long age) {
        found("after " + last + " came " + sequence);
        if (age >= WINDOW || (seen >>> age & 1) != 0) {
            repeated++;
            return;
        }
        seen |= 1L << age;
        reordered++;
        if (sequence > first) {
            lost--;
        }
    }

    /** The server has announced that what follows does not join: numbers that are missing now are not lost in silence. */
    public void gap() {
        gaps++;
        gapAnnounced = true;
    }

    /** Says which number was published last: what has not come of it is lost. */
    public void end(long newest) {
        if (last >= 0 && newest > last) {
            lost += newest - last;
            found("after " + last + " nothing came, " + newest + " is the newest");
            last = newest;
        }
    }

    /** The first number, 0 before it. */
    public long first() {
        return first;
    }

    /** The newest number, -1 before the first. */
    public long last() {
        return last;
    }

    /** Numbers that never came, without a word. */
    public long lost() {
        return lost;
    }

    /** Numbers that came more than once. */
    public long repeated() {
        return repeated;
    }

    /** Numbers that came after a later one. */
    public long reordered() {
        return reordered;
    }

    /** Announcements of a gap. */
    public long gaps() {
        return gaps;
    }

    /** Numbers that never came and that a gap had announced. */
    public long skipped() {
        return skipped;
    }

    /** The first thing that was wrong, null if nothing was. */
    public @Nullable String problem() {
        return problem;
    }

    /** Whether everything came once, in order. */
    public boolean isComplete() {
        return last >= 0 && lost == 0 && repeated == 0 && reordered == 0 && gaps == 0;
    }
}
