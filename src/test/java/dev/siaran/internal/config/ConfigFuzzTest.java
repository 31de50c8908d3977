package dev.siaran.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.NastyText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Names and values, whatever they are: taken or refused in one way, and what is taken is what it says. */
class ConfigFuzzTest {

    @Provide
    Arbitrary<String> text() {
        return NastyText.any();
    }

    @Provide
    Arbitrary<String> value() {
        return Arbitraries.oneOf(
                text(),
                Arbitraries.of(
                                "0",
                                "9",
                                "99999999999999999999",
                                "-1",
                                "1.5",
                                "s",
                                "ms",
                                "h",
                                "KiB",
                                "GiB",
                                "P",
                                "PT",
                                "PT1S",
                                " ",
                                "://",
                                "redis",
                                "@",
                                "[::1",
                                "%",
                                "?",
                                "#",
                                "/")
                        .list()
                        .ofMaxSize(5)
                        .map(parts -> String.join("", parts)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aChannelsNameIsTakenAsItIsOrRefusedInOnePlainLine(@ForAll("text") String name) {
        try {
            assertEquals(name, ChannelNames.check("channel", name));
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.getMessage().startsWith("channel is \""), refused.getMessage());
            assertTrue(refused.getMessage().length() < 300, refused.getMessage());
            assertPlain(refused.getMessage());
            return;
        }
        assertPlain(name);
        assertFalse(name.isEmpty() || name.length() > ChannelNames.MAX_LENGTH, name);
        assertFalse(name.contains("..") || name.matches("(?s).*[*?\\[\\]\\\\].*"), name);
    }

    /** No line of a log, no byte of a broker, and no field of a stream ends within. */
    private static void assertPlain(String text) {
        assertEquals(NastyText.unicode(text), text);
        text.codePoints()
                .forEach(point -> assertFalse(
                        Character.isISOControl(point) || point == 0x2028 || point == 0x2029,
                        () -> "U+" + Integer.toHexString(point)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyUserHasAChannelOfTheirOwnThatIsAllowed(@ForAll("text") String one, @ForAll("text") String other) {
        Assume.that(!one.isEmpty() && !other.isEmpty() && !one.equals(other));

        String channel = PrivateChannels.of(one);

        assertEquals(channel, ChannelNames.check("channel", channel));
        assertTrue(PrivateChannels.isPrivate(channel));
        assertNotEquals(channel, PrivateChannels.of(other));
        String lookalike = channel.substring("user/".length());
        assertTrue(lookalike.equals(one) || !channel.equals(PrivateChannels.of(lookalike)), lookalike);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aValueIsReadOrRefusedWithItsKey(@ForAll("value") String value) {
        Settings settings = Settings.of(Map.of("key", value));

        assertRefused(() -> settings.duration("key", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)));
        assertRefused(() -> settings.bytes("key", 1, 1, Long.MAX_VALUE));
        assertRefused(() -> settings.number("key", 1, 0, 10));
        assertRefused(() -> settings.uri("key", "redis://localhost", List.of("redis", "unix")));
        assertRefused(() -> settings.choice("key", List.of("one", "two")));
    }

    @Provide
    Arbitrary<String> uriWithSecret() {
        return Arbitraries.of(
                        "redis", "http", "://", ":", "/", "//", "user", "@", "host", "s3cret", "%40", "[", "?", "#",
                        " ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void noPartOfAPasswordIsShownHoweverTheUriIsMalformed(@ForAll("uriWithSecret") String uri) {
        try {
            Settings.of(Map.of("key", uri)).uri("key", "redis://localhost", List.of("redis"));
        } catch (IllegalArgumentException refused) {
            assertFalse(refused.getMessage().contains("s3c"), () -> uri + ": " + refused.getMessage());
        }
    }

    private static void assertRefused(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.getMessage().startsWith("key is \""), refused.getMessage());
        }
    }
}
