package dev.siaran.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address. One of version 4 is the IPv6 address that stands for it ({@code ::ffff:192.0.2.1}), so that both forms of it are equal.
 *
 * @param high the first 64 bits
 * @param low the others
 */
public record IpAddress(long high, long low) {

    private static final int GROUPS = 8;
    private static final int LONGEST = 64;
    private static final long MAPPED = 0xFFFFL;
    private static final String OCTET = "(0|[1-9]\\d{0,2})";
    private static final Pattern VERSION_4 = Pattern.compile(String.join("\\.", OCTET, OCTET, OCTET, OCTET));
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** Reads a literal, without its zone ({@code %eth0}). Never asks for a name, whatever the text is. */
    public static Optional<IpAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        return literal.indexOf(':') < 0
                ? version4(literal).map(bits -> new IpAddress(0, MAPPED << 32 | bits))
                : version6(literal);
    }

    private static Optional<Long> version4(String literal) {
        Matcher matcher = VERSION_4.matcher(literal);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 1; i <= 4; i++) {
            int octet = Integer.parseInt(matcher.group(i));
            if (octet > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(bits);
    }

    private static Optional<IpAddress> version6(String literal) {
        int gap = literal.indexOf("::");
        if (gap < 0) {
            return groups(literal, true)
                    .filter(groups -> groups.size() == GROUPS)
                    .map(IpAddress::of);
        }
        return groups(literal.substring(0, gap), false)
                .flatMap(first -> groups(literal.substring(gap + 2), true)
                        .filter(last -> first.size() + last.size() < GROUPS)
                        .map(last -> {
                            var all = new ArrayList<>(first);
                            while (all.size() + last.size() < GROUPS) {
                                all.add(0);
                            }
                            all.addAll(last);
                            return of(all);
                        }));
    }

    /** Groups of hexadecimal digits; at the end of the literal perhaps an address of version 4. */
    private static Optional<List<Integer>> groups(String part, boolean isEnd) {
        var groups = new ArrayList<Integer>();
        String[] texts = part.isEmpty() ? new String[0] : part.split(":", -1);
        for (int i = 0; i < texts.length; i++) {
            Optional<Long> embedded = isEnd && i == texts.length - 1 ? version4(texts[i]) : Optional.empty();
            if (embedded.isPresent()) {
                groups.add((int) (embedded.get() >>> 16));
                groups.add((int) (embedded.get() & 0xFFFF));
            } else if (GROUP.matcher(texts[i]).matches()) {
                groups.add(Integer.parseInt(texts[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    private static IpAddress of(List<Integer> groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups.get(i);
            low = low << 16 | groups.get(i + GROUPS / 2);
        }
        return new IpAddress(high, low);
    }

    /** Whether this is an address of version 4. */
    boolean isVersion4() {
        return high == 0 && low >>> 32 == MAPPED;
    }

    /** What one client is counted by: an address of version 4, or the first 64 bits of another, for a client has all that begin so. */
    public IpAddress network() {
        return isVersion4() ? this : new IpAddress(high, 0);
    }

    @Override
    public String toString() {
        if (isVersion4()) {
            return (low >> 24 & 0xFF) + "." + (low >> 16 & 0xFF) + "." + (low >> 8 & 0xFF) + "." + (low & 0xFF);
        }
        var groups = new ArrayList<String>();
        for (int shift = 48; shift >= 0; shift -= 16) {
            groups.add(Long.toHexString(high >>> shift & 0xFFFF));
        }
        for (int shift = 48; shift >= 0; shift -= 16) {
            groups.add(Long.toHexString(low >>> shift & 0xFFFF));
        }
        return String.join(":", groups);
    }
}
