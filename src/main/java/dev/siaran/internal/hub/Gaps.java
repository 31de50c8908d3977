package dev.siaran.internal.hub;

import dev.siaran.internal.wire.Frame;
import dev.siaran.internal.wire.FrameEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The event that tells a client what it cannot be given.
 *
 * @param event its type
 */
record Gaps(String event) {

    /**
     * Encodes a gap.
     *
     * @param requested the id that the client sent, null if it was connected when the events were lost
     * @param oldest the id of the first event that follows, null if none is kept
     * @param id where the client is after the gap, null if the next event tells
     */
    Frame frame(String channel, @Nullable String requested, @Nullable String oldest, @Nullable String id) {
        String data = "{\"channel\":" + json(channel) + ",\"requested\":" + json(requested) + ",\"oldest\":"
                + json(oldest) + "}";
        return FrameEncoder.event(event, data, id);
    }

    private static String json(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
