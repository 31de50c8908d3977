package dev.siaran.redis;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of an entry of a Redis stream: milliseconds of the server's clock and a counter. */
record StreamId(long millis, long sequence) implements Comparable<StreamId> {

    private static final int MAX_LENGTH = 40;
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,17})-(0|[1-9][0-9]{0,17})");
    private static final Comparator<StreamId> ORDER =
            Comparator.comparingLong(StreamId::millis).thenComparingLong(StreamId::sequence);

    /** Reads an id in the one form in which Redis gives it out; empty for all other text, however long. */
    static Optional<StreamId> parse(String text) {
        Matcher matcher = FORM.matcher(text.length() > MAX_LENGTH ? "" : text);
        return matcher.matches()
                ? Optional.of(new StreamId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The place of an id in its channel; an empty or foreign text comes before everything. */
    static StreamId of(String text) {
        return parse(text).orElse(new StreamId(0, 0));
    }

    @Override
    public int compareTo(StreamId other) {
        return ORDER.compare(this, other);
    }
}
