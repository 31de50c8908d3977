package dev.siaran.rabbitmq;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the stream of all channels, as the SSE id of a channel: {@code <offset>-<stamp>} of a message of the channel, or
 * {@code <offset>-<stamp>.<check>} of one of any channel, after which this channel is to be read. The offset is decimal and
 * finds the message with one read; stamp and check are numbers of 32 bits to the base of 36 that show whether it is the one
 * that the id was given for.
 *
 * @param stamp see {@link Stamp}
 * @param check of the channel's name, negative where the message is the channel's own
 */
record EventId(long offset, long stamp, long check) {

    /** An offset of more digits is none; each number has one way to be written. */
    private static final Pattern FORM =
            Pattern.compile("(0|[1-9][0-9]{0,17})-(0|[1-9a-z][0-9a-z]{0,6})(?:\\.(0|[1-9a-z][0-9a-z]{0,6}))?");

    private static final int RADIX = 36;
    private static final long NO_CHECK = -1;

    static EventId of(Entry message) {
        return new EventId(message.offset(), message.stamp(), NO_CHECK);
    }

    /** After a message of any channel. */
    static EventId after(Place place, String channel) {
        return new EventId(place.offset(), place.stamp(), Stamp.ofChannel(channel));
    }

    static Optional<EventId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String check = matcher.group(3);
        return Optional.of(new EventId(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2), RADIX),
                check == null ? NO_CHECK : Long.parseLong(check, RADIX)));
    }

    /** Whether this id was given out for a channel, if this is the message at its offset. */
    boolean isOf(String channel, Entry message) {
        return message.stamp() == stamp
                && (check == NO_CHECK ? channel.equals(message.channel()) : check == Stamp.ofChannel(channel));
    }

    @Override
    public String toString() {
        String text = offset + "-" + Long.toString(stamp, RADIX);
        return check == NO_CHECK ? text : text + '.' + Long.toString(check, RADIX);
    }
}
