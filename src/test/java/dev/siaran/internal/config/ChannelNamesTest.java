package dev.siaran.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNamesTest {

    private static String refusal(String name) {
        return assertThrows(IllegalArgumentException.class, () -> ChannelNames.check("channel", name))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "news", "user/alice", "a.b.c", "café 新聞", "\uD83D\uDCE2", "{a}", "a:b#c%20", "^", "."})
    void aNameMayHaveTheCharactersOfAnyScript(String name) {
        assertEquals(name, ChannelNames.check("channel", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a*", "a?", "[a", "a]", "a\\b", "..", "a..b", "../a", "a/.."})
    void whatBrokersAndPathsTakeForSomethingElseIsRefused(String name) {
        assertEquals(
                "channel is \"" + name + "\"; allowed is a name of 1 to 200 characters without control characters,"
                        + " * ? [ ] \\ and ..",
                refusal(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, '\t', '\n', '\r', 0x1b, 0x7f, 0x85, 0x9b, 0x2028, 0x2029, 0xd800, 0xdfff})
    void whatWouldBreakALineOfALogIsRefusedAndNotShown(int point) {
        String message = refusal("a" + (char) point + "b");

        assertTrue(message.startsWith("channel is \"a?b\";"), message);
    }

    @Test
    void aNameHasTwoHundredCharactersAtMost() {
        assertEquals(200, ChannelNames.check("channel", "a".repeat(200)).length());

        assertTrue(refusal("a".repeat(201)).startsWith("channel is \"" + "a".repeat(60) + "...\";"));
    }
}
