package dev.siaran.demo;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Events of texts that are most likely to be taken for something else, the same each time. */
final class NastyEvents {

    /** The type of the event after all of them. */
    static final String END = "the end";

    /** The library's own tests have them, too. */
    private static final Path PIECES = Path.of("..", "src", "test", "resources", "nasty-texts.json");

    private static final int MIXTURES = 200;
    private static final int LONG = 100_000;
    private static final int LONGEST_NAME = 100;

    /**
     * An event as it is sent.
     *
     * @param name the type, perhaps of no single line
     * @param id the same of the id
     */
    record Sent(String name, String data, String id) {}

    private NastyEvents() {}

    static List<Sent> all() {
        List<String> texts = texts();
        List<String> names = new ArrayList<>(texts);
        List<String> ids = new ArrayList<>(texts);
        Collections.reverse(names);
        Collections.rotate(ids, texts.size() / 3);
        List<Sent> events = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String name = names.get(i);
            events.add(new Sent(name.substring(0, Math.min(name.length(), LONGEST_NAME)), texts.get(i), ids.get(i)));
        }
        return events;
    }

    private static List<String> texts() {
        List<String> pieces = pieces();
        List<String> texts = new ArrayList<>(pieces);
        pieces.forEach(piece -> texts.add("a" + piece + "b"));
        texts.add("x\r\n".repeat(LONG / 3));
        var random = new Random(42);
        for (int i = 0; i < MIXTURES; i++) {
            var text = new StringBuilder();
            for (int left = random.nextInt(10); left > 0; left--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static List<String> pieces() {
        try (JsonReader reader = Json.createReader(Files.newInputStream(PIECES))) {
            return reader.readArray().getValuesAs(JsonString::getString);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a text may be a name or an id. */
    static boolean isSingleLine(String text) {
        return text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
    }

    /** The text with U+FFFD for what is no character. */
    static String unicode(String text) {
        return new String(text.getBytes(UTF_16BE), UTF_16BE);
    }

    /** The text as the standard says that a client gets it as data. */
    static String received(String text) {
        return unicode(text).replace("\r\n", "\n").replace('\r', '\n');
    }
}
