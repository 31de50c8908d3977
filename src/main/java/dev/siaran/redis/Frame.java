package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.spi.Message;
import java.util.Optional;

/**
 * The form of an entry on the pub/sub channel: a line {@code S1 previous id length}, then the event type of that many
 * bytes, then the data. {@code -} stands for no previous entry and for no event type. {@code S1} is the version. The line
 * ends with one more id if that message is known to be lost.
 */
final class Frame {

    private static final int MAX_HEADER = 140;

    private Frame() {}

    /** Reads a payload; empty if it is not in this form. */
    static Optional<Entry> decode(String channel, byte[] payload) {
        int end = headerEnd(payload);
        if (end < 0) {
            return Optional.empty();
        }
        String[] header = new String(payload, 0, end, ISO_8859_1).split(" ", -1);
        int from = end + 1;
        if (header.length < 4
                || header.length > 5
                || !header[0].equals("S1")
                || !(header[1].equals(Entry.NONE) || StreamId.parse(header[1]).isPresent())
                || StreamId.parse(header[2]).isEmpty()
                || !header[3].matches("-|[0-9]{1,9}")
                || (header.length == 5 && StreamId.parse(header[4]).isEmpty())) {
            return Optional.empty();
        }
        boolean named = !header[3].equals(Entry.NONE);
        int length = named ? Integer.parseInt(header[3]) : 0;
        if (length > payload.length - from) {
            return Optional.empty();
        }
        String event = named ? new String(payload, from, length, UTF_8) : null;
        String data = new String(payload, from + length, payload.length - from - length, UTF_8);
        String previous = header[1].equals(Entry.NONE) ? "" : header[1];
        String forgotten = header.length == 5 ? header[4] : null;
        return Optional.of(new Entry(previous, header[2], new Message(channel, event, data), forgotten));
    }

    private static int headerEnd(byte[] payload) {
        for (int i = 0; i < Math.min(payload.length, MAX_HEADER); i++) {
            if (payload[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
