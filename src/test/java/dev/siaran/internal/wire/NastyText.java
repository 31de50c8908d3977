package dev.siaran.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Texts of what is most likely to be taken for something else: by the event stream format, by brokers, by JSON, by UTF-8. The
 * pieces are in {@code nasty-texts.json}, for a browser, too.
 */
public final class NastyText {

    private static final List<String> PIECES = read();
    private static final int LONG = 20_000;

    private NastyText() {}

    private static List<String> read() {
        try (JsonReader reader = Json.createReader(NastyText.class.getResourceAsStream("/nasty-texts.json"))) {
            return reader.readArray().getValuesAs(JsonString::getString);
        }
    }

    /** Any text, seldom a very long one. */
    public static Arbitrary<String> any() {
        Arbitrary<String> pieces = pieces(PIECES);
        Arbitrary<Integer> lengths = Arbitraries.integers().between(1, LONG);
        return Arbitraries.frequencyOf(
                Tuple.of(80, pieces),
                Tuple.of(19, Arbitraries.strings().all().ofMaxLength(12)),
                Tuple.of(1, lengths.flatMap(length -> pieces.map(text -> filled(text, length)))));
    }

    /** Any text that may be a name or an id. */
    public static Arbitrary<String> singleLine() {
        Predicate<String> allowed = text -> text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
        return Arbitraries.frequencyOf(
                Tuple.of(4, pieces(PIECES.stream().filter(allowed).toList())),
                Tuple.of(1, Arbitraries.strings().all().ofMaxLength(12).map(text -> text.replaceAll("[\r\n\0]", ""))));
    }

    private static Arbitrary<String> pieces(List<String> pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(8).map(list -> String.join("", list));
    }

    private static String filled(String text, int length) {
        return text.isEmpty() ? "" : text.repeat(length / text.length() + 1);
    }

    /** The same texts each time, for where there is no time to try many: each piece alone and between others, then mixtures. */
    public static List<String> corpus(int size) {
        var random = new Random(42);
        return IntStream.range(0, size).mapToObj(i -> corpusText(i, random)).toList();
    }

    private static String corpusText(int number, Random random) {
        if (number < PIECES.size()) {
            return PIECES.get(number);
        }
        if (number < 2 * PIECES.size()) {
            return "a" + PIECES.get(number - PIECES.size()) + "b";
        }
        var text = new StringBuilder();
        for (int left = random.nextInt(10); left > 0; left--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return number % 100 == 0 ? filled(text.toString(), LONG) : text.toString();
    }

    /** The text as the standard says that a client gets it as data: with LF for every line end, and U+FFFD for what is no character. */
    public static String received(String text) {
        return unicode(text).replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The text with U+FFFD for what is no character. */
    public static String unicode(String text) {
        return new String(text.getBytes(UTF_16BE), UTF_16BE);
    }
}
