package dev.siaran.internal.wire;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import org.jspecify.annotations.Nullable;

/** What an application hands over, as the text of an event. */
public final class EventText {

    /** That a character may have in UTF-8, also what stands for one that is none. */
    private static final int MOST_BYTES = 3;

    /** The longest type of an event, in characters. */
    private static final int MAX_NAME = 200;

    private EventText() {}

    /**
     * Text as it is, anything else as JSON.
     *
     * @throws IllegalArgumentException if the object cannot be written as JSON
     */
    public static String of(Object data) {
        if (data instanceof CharSequence) {
            return data.toString();
        }
        try {
            return Json.BINDING.toJson(data);
        } catch (JsonbException e) {
            throw new IllegalArgumentException(
                    "data of type " + data.getClass().getName() + " cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Refuses what would end the line of a field, or make a browser ignore it.
     *
     * @throws IllegalArgumentException if the value has a CR, LF or NUL; names the field and the position
     */
    public static void requireSingleLine(String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                String name = c == '\r' ? "CR" : c == '\n' ? "LF" : "NUL";
                throw new IllegalArgumentException(
                        field + " has a " + name + " at position " + i + "; allowed is text without CR, LF and NUL");
            }
        }
    }

    /**
     * Refuses what no event that is published may be called.
     *
     * @throws IllegalArgumentException if the name has a CR, LF or NUL, or is too long
     */
    public static void requireName(@Nullable String name) {
        requireSingleLine("name", name);
        if (name != null && name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "name has " + name.length() + " characters; allowed are at most " + MAX_NAME);
        }
    }

    /**
     * Refuses data that is too large to be published.
     *
     * @param most how many bytes it may have in UTF-8
     * @throws IllegalArgumentException if it has more; says how many
     */
    public static void requireSize(String data, int most) {
        if (data.length() <= most / MOST_BYTES) {
            return;
        }
        long size = utf8Length(data);
        if (size > most) {
            throw new IllegalArgumentException(
                    "data has " + size + " bytes; allowed are at most " + most + " (siaran.max-event-size)");
        }
    }

    private static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts for two of four bytes; one without the other becomes U+FFFD, of
            // three
            bytes += c < 0x80 ? 1 : c < 0x800 || isPaired(text, i) ? 2 : 3;
        }
        return bytes;
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : Character.isLowSurrogate(text.charAt(i)) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** Made when the first object is sent, so that text alone needs no JSON implementation. */
    private static final class Json {
        static final Jsonb BINDING = JsonbBuilder.create();
    }
}
