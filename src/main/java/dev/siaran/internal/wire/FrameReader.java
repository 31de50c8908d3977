package dev.siaran.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@link FrameEncoder} wrote, for the transport that must hand fields to {@code SseEventSink}. Whole frames
 * only; not a parser for streams from elsewhere.
 */
public final class FrameReader {

    /**
     * The fields of one frame; null where it has none.
     *
     * @param data the text, its lines joined by LF
     */
    public record Fields(
            @Nullable String event,
            @Nullable String data,
            @Nullable String id,
            @Nullable String retry,
            @Nullable String comment) {}

    private FrameReader() {}

    /** The frames in a run of bytes. */
    public static List<Fields> read(byte[] bytes, int offset, int length) {
        var frames = new ArrayList<Fields>();
        for (String frame : new String(bytes, offset, length, UTF_8).split("\n\n", -1)) {
            if (!frame.isEmpty()) {
                frames.add(fields(frame));
            }
        }
        return frames;
    }

    private static Fields fields(String frame) {
        String event = null;
        String data = null;
        String id = null;
        String retry = null;
        String comment = null;
        for (String line : frame.split("\n", -1)) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(Math.min(colon + 2, line.length()));
            switch (field) {
                case "event" -> event = value;
                case "data" -> data = joined(data, value);
                case "id" -> id = value;
                case "retry" -> retry = value;
                default -> comment = joined(comment, value);
            }
        }
        return new Fields(event, data, id, retry, comment);
    }

    private static String joined(@Nullable String before, String line) {
        return before == null ? line : before + '\n' + line;
    }
}
