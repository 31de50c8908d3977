package dev.siaran.internal.wire;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import org.jspecify.annotations.Nullable;

/** What an application hands over, as the text of an event. */
public final class EventText {

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

    /** Made when the first object is sent, so that text alone needs no JSON implementation. */
    private static final class Json {
        static final Jsonb BINDING = JsonbBuilder.create();
    }
}
