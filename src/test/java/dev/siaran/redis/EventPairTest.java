package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.spi.Message;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of django-sse. Those expected here are what Python 3.11 writes for the same values. */
class EventPairTest {

    private static String written(String event, String data) {
        return EventPair.encode(new Message("sse", event, data));
    }

    private static Optional<EventPair> read(String json) {
        return EventPair.decode(json.getBytes(UTF_8));
    }

    @Test
    void itWritesWhatPythonWrites() {
        assertEquals("[\"headline\", \"It works\"]", written("headline", "It works"));
        assertEquals("[\"message\", \"\"]", written(null, ""));
        assertEquals("[\"\", \"{\\\"a\\\": 1}\"]", written("", "{\"a\": 1}"));
        assertEquals("[\"e\", \"a\\nb\\r\\nc\\td\\\\e/f\\\"g\\\"\"]", written("e", "a\nb\r\nc\td\\e/f\"g\""));
        assertEquals("[\"e\", \"\\b\\f\\u0000\\u001b\\u007f~ <&>'\"]", written("e", "\b\f\0\u001b\u007f~ <&>'"));
        assertEquals(
                "[\"\\u00fc\", \"gr\\u00fc\\u00dfe \\u65e5\\u672c \\ud83c\\udf89\\u2028\\uffff\"]",
                written("ü", "grüße 日本 🎉\u2028\uffff"));
        assertEquals("[\"e\", \"\\ud800 alone\"]", written("e", "\ud800 alone"));
    }

    @Test
    void itReadsWhatItWrites() {
        var all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.append((char) c);
        }
        byte[] json = written("e", all.toString()).getBytes(US_ASCII);
        assertEquals(Optional.of(new EventPair("e", all.toString())), EventPair.decode(json));
    }

    @Test
    void itReadsEveryWayToWriteTheSame() {
        var pair = Optional.of(new EventPair("e", "ü/\u2028"));
        assertEquals(pair, read("[\"e\",\"ü/\u2028\"]"));
        assertEquals(pair, read(" \t\r\n[ \"\\u0065\"\n,\t\"\\u00FC\\/\\u2028\" ] \n"));
        assertEquals(Optional.of(new EventPair("", "")), read("[\"\",\"\"]"));
    }

    @Test
    void theDefaultTypeIsNoType() {
        assertEquals(Optional.of(new EventPair(null, "x")), read("[\"message\", \"x\"]"));
        assertEquals(Optional.of(new EventPair(null, "x")), read("[null, \"x\"]"));
    }

    @Test
    void linesMayComeAsAList() {
        assertEquals(Optional.of(new EventPair("e", "a\nb\nc")), read("[\"e\", [\"a\", \"b\", \"c\"]]"));
        assertEquals(Optional.of(new EventPair("e", "")), read("[\"e\", []]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "null",
                "\"ab\"",
                "{\"e\": \"d\"}",
                "[]",
                "[\"e\"]",
                "[\"e\",]",
                "[,\"d\"]",
                "[\"e\", \"d\", \"more\"]",
                "[\"e\", \"d\"",
                "[\"e\", \"d",
                "[\"e\", \"d\"]]",
                "[\"e\", \"d\"] x",
                "[\"e\", \"d\"]\0",
                "[\"e\" \"d\"]",
                "['e', 'd']",
                "[\"e\", 1]",
                "[1, \"d\"]",
                "[\"e\", null]",
                "[nul, \"d\"]",
                "[\"e\", {\"a\": 1}]",
                "[\"e\", [\"a\", 1]]",
                "[\"e\", [\"a\",]]",
                "[\"e\", [[\"a\"]]]",
                "[\"e\", \"a\nb\"]",
                "[\"e\", \"\\x41\"]",
                "[\"e\", \"\\u00g0\"]",
                "[\"e\", \"\\u\u0661\u0661\u0661\u0661\"]",
                "[\"e\", \"\\u00\"]",
                "[\"e\", \"\\",
                "\ufeff[\"e\", \"d\"]",
                "S1 - 1-1 -\ndata"
            })
    void allElseIsRefused(String payload) {
        assertEquals(Optional.empty(), read(payload));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertEquals(Optional.empty(), EventPair.decode("[\"e\", \"ü\"]".getBytes(ISO_8859_1)));
    }

    @Test
    void nestingDoesNotExhaustTheStack() {
        assertEquals(Optional.empty(), read("[\"e\", " + "[".repeat(1_000_000)));
    }
}
