package dev.siaran.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateChannelsTest {

    @ParameterizedTest
    @CsvSource({
        "alice, user/alice",
        "alice@example.org, user/alice@example.org",
        "A_b-9, user/A_b-9",
        "jürgen, user/j%C3%BCrgen",
        "'CN=Bob, O=X', user/CN%3DBob%2C%20O%3DX",
        "a/b, user/a%2Fb",
        "a%2Fb, user/a%252Fb",
        "~a, user/%7Ea",
        "a..b, user/a.%2Eb",
        "a...b, user/a.%2E.b",
        "*, user/%2A"
    })
    void aPrincipalHasAChannelOfTheOwn(String principal, String channel) {
        assertEquals(channel, PrivateChannels.of(principal));
        assertEquals(channel, ChannelNames.check("channel", channel));
        assertTrue(PrivateChannels.isPrivate(channel));
    }

    @Test
    void aLongNameHasAChannelOfTheOwnToo() {
        String name = "ü".repeat(100);
        String channel = PrivateChannels.of(name);

        assertEquals(channel, ChannelNames.check("channel", channel));
        assertEquals(channel, PrivateChannels.of(name));
        assertTrue(channel.matches("user/~[A-Za-z0-9_-]{43}"), channel);
        assertTrue(!channel.equals(PrivateChannels.of(name + "ü")));
    }

    @Test
    void noTwoPrincipalsShareAChannel() {
        var random = new Random(7);
        Map<String, String> principals = new HashMap<>();
        var pieces = List.of(
                "a",
                "A",
                ".",
                "..",
                "%",
                "%2E",
                "2E",
                "/",
                "~",
                "é",
                "e\u0301",
                "\uD83D\uDCE2",
                "\n",
                "*",
                " ",
                "\uD800",
                "?",
                "\uDC00");
        for (int round = 0; round < 200_000; round++) {
            var name = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                name.append(pieces.get(random.nextInt(pieces.size())));
            }
            String channel = PrivateChannels.of(name.toString());
            ChannelNames.check("channel", channel);
            String other = principals.putIfAbsent(channel, name.toString());
            assertTrue(other == null || other.contentEquals(name), () -> other + " and " + name + ": " + channel);
        }
    }

    @Test
    void nobodyHasNoChannel() {
        assertThrows(IllegalArgumentException.class, () -> PrivateChannels.of(""));
    }
}
