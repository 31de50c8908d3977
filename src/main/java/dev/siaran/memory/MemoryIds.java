package dev.siaran.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids of the form start-number: when the broker started, in base 36, and a counter over all channels. An id from before a
 * restart has another start, and the ids of two channels never meet.
 *
 * <p>Safe for use by many threads.
 */
final class MemoryIds {

    private static final Pattern FORM = Pattern.compile("([1-9a-z][0-9a-z]{0,11})-([1-9][0-9]{0,17})");

    private final long start;
    private final String prefix;
    private final AtomicLong last = new AtomicLong();

    private MemoryIds(long start) {
        this.start = start;
        this.prefix = Long.toString(start, 36) + '-';
    }

    static MemoryIds startingAt(long millis) {
        return new MemoryIds(millis);
    }

    long next() {
        return last.incrementAndGet();
    }

    /** The id with a number, empty for 0, which is never given out. */
    String id(long number) {
        return number == 0 ? "" : prefix + number;
    }

    /** The number of an id that this process has given out; 0 for any other. */
    long number(String id) {
        return id.startsWith(prefix) && isGivenOut(id) ? Long.parseLong(id.substring(prefix.length())) : 0;
    }

    /** Whether an id may have been given out, by this process or by one before it. */
    boolean isGivenOut(String id) {
        Matcher matcher = FORM.matcher(id);
        if (!matcher.matches()) {
            return false;
        }
        long startOfId = Long.parseLong(matcher.group(1), 36);
        return startOfId < start || (startOfId == start && Long.parseLong(matcher.group(2)) <= last.get());
    }
}
