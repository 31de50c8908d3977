package dev.siaran;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseQueueEventTest {

    @Test
    void textIsSentAsItIs() {
        assertEquals(
                "It works", SseQueueEvent.of("news", "headline", "It works").data());
        assertEquals(
                "\"quoted\"",
                SseQueueEvent.of("news", "headline", new StringBuilder("\"quoted\""))
                        .data());
    }

    @Test
    void whatIsNoTextBecomesJson() {
        assertEquals("{\"a\":1}", SseQueueEvent.of("news", null, Map.of("a", 1)).data());
        assertEquals("42", SseQueueEvent.of("news", null, 42).data());
        assertEquals(
                "\"1970-01-01T00:00:00Z\"",
                SseQueueEvent.of("news", null, Instant.EPOCH).data());
    }

    @Test
    void aLaterChangeOfTheObjectDoesNotLeakIntoTheEvent() {
        var data = new HashMap<String, Integer>(Map.of("a", 1));
        SseQueueEvent event = SseQueueEvent.of("news", null, data);

        data.put("a", 2);

        assertEquals("{\"a\":1}", event.data());
    }

    @Test
    void bytesAreReadInTheirCharacterSet() {
        byte[] latin = "ä".getBytes(StandardCharsets.ISO_8859_1);

        assertEquals(
                "ä",
                SseQueueEvent.of("news", null, latin, StandardCharsets.ISO_8859_1)
                        .data());
    }

    @Test
    void withoutAChannelItIsForTheDefaultOne() {
        assertNull(SseQueueEvent.of("headline", "x").channel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CR=\r", "LF=\n", "NUL=\0"})
    void aNameThatWouldBreakTheStreamIsRefusedByField(String kindAndCharacter) {
        String kind = kindAndCharacter.substring(0, kindAndCharacter.indexOf('='));
        String character = kindAndCharacter.substring(kindAndCharacter.indexOf('=') + 1);
        var refused = assertThrows(
                IllegalArgumentException.class, () -> SseQueueEvent.of("news", "a" + character + "b", "x"));

        assertEquals(
                "name has a " + kind + " at position 1; allowed is text without CR, LF and NUL", refused.getMessage());
    }

    @Test
    void aChannelWithControlCharactersIsRefusedByField() {
        var refused = assertThrows(IllegalArgumentException.class, () -> SseQueueEvent.of("a\nb", "n", "x"));

        assertEquals(
                "channel is \"a?b\"; allowed is a name of 1 to 200 characters without control characters, * ? [ ] \\ and ..",
                refused.getMessage());
    }

    @Test
    void aCycleThatCannotBeJsonIsRefusedWithItsType() {
        var refused = assertThrows(IllegalArgumentException.class, () -> SseQueueEvent.of("c", "n", new Broken()));

        assertEquals(
                true, refused.getMessage().startsWith("data of type dev.siaran.SseQueueEventTest$Broken cannot be"));
    }

    /** Fails when it is read. */
    public static final class Broken {
        public String getValue() {
            throw new UnsupportedOperationException("on purpose");
        }
    }

    @Test
    void anEventToAUserGoesToTheChannelOfThatUser() {
        assertEquals("user/alice", SseQueueEvent.toUser("alice", "n", "x").channel());
        assertEquals(
                "user/CN%3DBob%2C%20O%3DX",
                SseQueueEvent.toUser("CN=Bob, O=X", "n", "x").channel());
    }

    @Test
    void anEventToNobodyIsRefused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> SseQueueEvent.toUser("", "n", "x"));

        assertEquals("principal is \"\"; allowed is a name that is not empty", refused.getMessage());
    }
}
