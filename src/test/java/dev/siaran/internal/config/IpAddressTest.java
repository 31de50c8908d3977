package dev.siaran.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow(() -> new AssertionError(text));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "::, 0:0:0:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:1",
        "1::, 1:0:0:0:0:0:0:0",
        "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1",
        "2001:DB8::8:0:0:1, 2001:db8:0:0:8:0:0:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1"
    })
    void literalsAreRead(String text, String expected) {
        assertEquals(expected, address(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.org",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "1.2.3.-4",
                "0x7f.0.0.1",
                "2130706433",
                "1..2.3",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                ":1:2:3:4:5:6:7",
                "12345::",
                "g::",
                "::1.2.3",
                "1.2.3.4::",
                "::1 ",
                "[::1]",
                "٣.0.0.1"
            })
    void whatIsNoLiteralIsNoAddress(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @Test
    void aVeryLongTextIsNoAddress() {
        assertEquals(Optional.empty(), IpAddress.parse("1:".repeat(5000)));
    }

    @Test
    void aClientIsCountedByItsAddressOrByTheFirstHalfOfIt() {
        assertEquals(address("192.0.2.1"), address("::ffff:192.0.2.1").network());
        assertEquals(
                address("2001:db8:0:7:1:2:3:4").network(),
                address("2001:db8:0:7:ffff::").network());
        assertFalse(address("2001:db8:0:7::1")
                .network()
                .equals(address("2001:db8:0:8::1").network()));
    }

    @ParameterizedTest
    @CsvSource({
        "'10.0.0.0/8', 10.255.0.1, 11.0.0.1",
        "'10.1.2.3/8', 10.255.0.1, 9.255.255.255",
        "'192.0.2.7', 192.0.2.7, 192.0.2.8",
        "'192.0.2.0/25', 192.0.2.127, 192.0.2.128",
        "'0.0.0.0/0', 203.0.113.9, ::1",
        "'::/0', 203.0.113.9, nothing",
        "'fc00::/7', fdff::1, fe00::1",
        "'2001:db8::/65', 2001:db8:0:0:7fff::, 2001:db8:0:0:8000::",
        "'192.0.2.1 , ::1', ::1, ::2",
        "'none', nothing, 127.0.0.1"
    })
    void aBlockHasTheAddressesThatBeginAsItDoes(String list, String inside, String outside) {
        AddressBlocks blocks = AddressBlocks.parse("k", list);

        assertTrue(inside.equals("nothing") || blocks.contains(address(inside)), inside);
        assertFalse(!outside.equals("nothing") && blocks.contains(address(outside)), outside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "::/129", "10.0.0.1,", ","})
    void whatIsNoListOfAddressesIsRefusedWithTheKey(String list) {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> SiaranConfig.read(Settings.of(java.util.Map.of("siaran.trusted-proxies", list))));

        assertTrue(refused.getMessage().startsWith("siaran.trusted-proxies is \""), refused::getMessage);
    }
}
