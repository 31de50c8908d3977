package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.internal.config.IpAddress;
import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a client is, if proxies stand in between. Those of 10.0.0.0/8 are trusted. */
class ClientAddressesTest {

    private static final String PROXY = "10.0.0.1";

    private static ClientAddresses reading(String header, String trusted) {
        return new ClientAddresses(SiaranConfig.read(
                        Settings.of(Map.of("siaran.forwarded-header", header, "siaran.trusted-proxies", trusted)))
                .proxies());
    }

    private static void assertClient(String expected, ClientAddresses addresses, String peer, String... lines) {
        IpAddress client = addresses.client(peer, List.of(lines));
        assertEquals(expected, client == null ? "nobody knows" : client.toString());
    }

    private static void assertForwardedFor(String expected, String... lines) {
        assertClient(expected, reading("x-forwarded-for", "10.0.0.0/8"), PROXY, lines);
    }

    private static void assertForwarded(String expected, String... lines) {
        assertClient(expected, reading("forwarded", "10.0.0.0/8"), PROXY, lines);
    }

    @Test
    void theClientIsAtTheOtherEndOfTheConnection() {
        ClientAddresses addresses = reading("x-forwarded-for", "10.0.0.0/8");

        assertClient("203.0.113.9", addresses, "203.0.113.9");
        assertClient("2001:db8:0:0:0:0:0:1", addresses, "2001:db8::1%3");
        assertClient("nobody knows", addresses, "unix:/run/socket");
        assertClient("nobody knows", addresses, "");
    }

    @Test
    void whoIsNoTrustedProxyIsNotBelieved() {
        assertClient("203.0.113.9", reading("x-forwarded-for", "10.0.0.0/8"), "203.0.113.9", "192.0.2.1");
        assertClient("10.0.0.1", reading("x-forwarded-for", "none"), PROXY, "192.0.2.1");
        assertClient("203.0.113.9", reading("forwarded", "10.0.0.0/8"), "203.0.113.9", "for=192.0.2.1");
    }

    @Test
    void behindATrustedProxyTheLastAddressThatIsNoProxyIsTheClient() {
        assertForwardedFor("192.0.2.1", "192.0.2.1");
        assertForwardedFor("192.0.2.1", "198.51.100.1, 192.0.2.1");
        assertForwardedFor("192.0.2.1", "198.51.100.1, 192.0.2.1, 10.0.0.2,10.0.0.3");
        assertForwardedFor("192.0.2.1", "198.51.100.1", "192.0.2.1", "10.0.0.2");
        assertForwardedFor("192.0.2.1", "127.0.0.1, nonsense, \", 192.0.2.1");
        assertForwardedFor("192.0.2.1", ", ,192.0.2.1, ,");
    }

    @Test
    void aProxyThatNamesNobodyLeavesTheClientUnknown() {
        assertForwardedFor("nobody knows");
        assertForwardedFor("nobody knows", "");
        assertForwardedFor("nobody knows", "10.0.0.7, 10.0.0.8");
        assertForwardedFor("nobody knows", "192.0.2.1, unknown");
        assertForwardedFor("nobody knows", "192.0.2.1, _hidden, 10.0.0.2");
        assertForwarded("nobody knows", "proto=https;by=10.0.0.1");
        assertForwarded("nobody knows", "for=192.0.2.1, for=unknown");
        assertForwarded("nobody knows", "for=192.0.2.1, for=\"_hidden\"");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:4711, 192.0.2.1",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:4711, 2001:db8:0:0:0:0:0:1",
        "[::ffff:192.0.2.1]:_x, 192.0.2.1"
    })
    void anAddressMayHaveAPortAndBrackets(String text, String expected) {
        assertForwardedFor(expected, text);
        assertForwarded(expected, "for=\"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[]",
                "]",
                "[::1",
                "::1]",
                "[::1]x",
                "192.0.2.1:",
                "192.0.2.1: 1",
                ":80",
                "a:b:c",
                "1.2.3.4/8"
            })
    void nonsenseIsNobodysAddress(String text) {
        assertForwardedFor("nobody knows", text);
        assertForwarded("nobody knows", "for=" + text);
        assertForwarded("nobody knows", "for=\"" + text + "\"");
    }

    @Test
    void forwardedIsReadAsRfc7239HasIt() {
        assertForwarded("192.0.2.60", "for=192.0.2.60;proto=http;by=203.0.113.43");
        assertForwarded("192.0.2.60", "Proto=http; FOR=\"192.0.2.60\" ;by=203.0.113.43");
        assertForwarded("192.0.2.43", "For=198.51.100.17, for=192.0.2.43");
        assertForwarded("192.0.2.43", "for=192.0.2.43;host=\"a,b;for=198.51.100.1\", for=10.0.0.2");
        assertForwarded("192.0.2.43", "for=192.0.2.43;x=\"a \\\" b\"");
        assertForwarded("2001:db8:cafe:0:0:0:0:17", "For=\"[2001:db8:cafe::17]:4711\"");
    }

    @Test
    void aClientCannotHideWhatAProxyAdds() {
        for (String forged :
                List.of("for=\"", "for=\"198.51.100.1", "\"", "for=\"a\\", ";;;", "for=\"198.51.100.1\\\"")) {
            assertForwarded("192.0.2.1", forged + ", for=192.0.2.1");
            assertForwarded("192.0.2.1", forged, "for=192.0.2.1");
            assertForwarded("2001:db8:0:0:0:0:0:1", forged + ", for=\"[2001:db8::1]:80\"");
        }
    }

    @Test
    void aLongHeaderIsReadFromItsEnd() {
        for (String part : List.of("10.0.0.2, ", "for=10.0.0.2, ", "\"", ",", "for=\"", ";", "[")) {
            String long10k = part.repeat(10_000 / part.length());
            assertForwardedFor("192.0.2.1", long10k, "192.0.2.1");
            assertForwarded("192.0.2.1", long10k, "for=192.0.2.1");
            reading("forwarded", "10.0.0.0/8").client(PROXY, List.of(long10k));
            reading("x-forwarded-for", "10.0.0.0/8").client(PROXY, List.of(long10k));
        }
    }

    @Test
    void whateverAClientWritesTheAddressThatTheProxyAddsIsTheOneThatCounts() {
        var random = new Random(7239);
        String alphabet = "for=\";,\\ []:.1a_";
        for (int i = 0; i < 100_000; i++) {
            var forged = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                forged.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertForwarded("192.0.2.1", forged + ", for=192.0.2.1;proto=https");
            assertForwardedFor("192.0.2.1", forged + ", 192.0.2.1");
        }
    }
}
