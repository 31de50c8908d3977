package dev.siaran.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as a client sends it. What cannot be read is an {@link IllegalArgumentException} with a sentence for the client.
 *
 * @param name its type, null if it has none
 * @param data its text
 */
public record EventBody(@Nullable String name, String data) {

    private static final String NAME = "event";
    private static final String DATA = "data";
    private static final List<String> FIELDS = List.of(NAME, DATA);

    private static final String NO_OBJECT = "the body has to be a JSON object with data, and perhaps event";

    /** Deeper than anybody means; readers of JSON go as deep as the text, on the stack. */
    private static final int MAX_DEPTH = 100;

    /** A JSON object with {@code data}, text or any JSON, and perhaps {@code event}. */
    static EventBody ofJson(String text) {
        requireShallowAndAlone(text);
        JsonObject object = object(text);
        object.keySet().forEach(EventBody::requireKnown);
        JsonValue name = object.getOrDefault(NAME, JsonValue.NULL);
        if (name != JsonValue.NULL && !(name instanceof JsonString)) {
            throw new IllegalArgumentException("event has to be text");
        }
        JsonValue data = required(object.get(DATA));
        return new EventBody(
                name instanceof JsonString string ? string.getString() : null,
                data instanceof JsonString string ? string.getString() : data.toString());
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Readers.FACTORY.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            // Each implementation has exceptions of its own
            throw new IllegalArgumentException(NO_OBJECT, e);
        }
    }

    /** Not every reader looks at what follows the object. */
    private static void requireShallowAndAlone(String json) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '[' || c == '{') && ++depth > MAX_DEPTH) {
                throw new IllegalArgumentException("the JSON is nested deeper than " + MAX_DEPTH);
            } else if (!quoted && (c == ']' || c == '}') && --depth == 0) {
                if (!json.substring(i + 1).isBlank()) {
                    throw new IllegalArgumentException(NO_OBJECT);
                }
            }
        }
    }

    /** What an HTML form sends, with the fields {@code data} and perhaps {@code event}. */
    static EventBody ofForm(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (name.isEmpty()) {
                continue;
            }
            requireKnown(name);
            if (fields.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException(name + " is there twice");
            }
        }
        return new EventBody(fields.get(NAME), required(fields.get(DATA)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the form is not encoded as application/x-www-form-urlencoded", e);
        }
    }

    private static void requireKnown(String field) {
        if (!FIELDS.contains(field)) {
            throw new IllegalArgumentException("a field that is not known; allowed are event and data");
        }
    }

    private static <T> T required(@Nullable T data) {
        if (data == null) {
            throw new IllegalArgumentException("data is missing");
        }
        return data;
    }

    /** Made with the first JSON, so that nobody else needs an implementation of it. */
    private static final class Readers {
        static final JsonReaderFactory FACTORY = Json.createReaderFactory(Map.of());
    }
}
