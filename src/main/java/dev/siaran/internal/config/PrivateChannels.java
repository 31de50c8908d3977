package dev.siaran.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The channel that belongs to one user: {@code user/} and the name of the principal. Letters and digits of ASCII and
 * {@code - _ @} stand for themselves, and so does a single dot; every other byte of the UTF-8 is {@code %} and two hexadecimal
 * digits. A name that would be too long is {@code ~} and its SHA-256. So two names never have the same channel.
 */
public final class PrivateChannels {

    private static final String PREFIX = "user/";
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_@";

    private PrivateChannels() {}

    /** Whether a channel belongs to some user. */
    public static boolean isPrivate(String channel) {
        return channel.startsWith(PREFIX);
    }

    /**
     * The channel of a user.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public static String of(String principalName) {
        if (principalName.isEmpty()) {
            throw Settings.refused("principal", principalName, "a name that is not empty");
        }
        String encoded = encoded(principalName);
        boolean fits = PREFIX.length() + encoded.length() <= ChannelNames.MAX_LENGTH;
        return PREFIX + (fits ? encoded : '~' + Digests.sha256(encoded));
    }

    private static String encoded(String name) {
        var result = new StringBuilder(name.length());
        name.codePoints().forEach(point -> {
            boolean isLoneDot = point == '.' && (result.length() == 0 || result.charAt(result.length() - 1) != '.');
            if (isLoneDot || PLAIN.indexOf(point) >= 0) {
                result.append((char) point);
            } else {
                for (byte b : utf8(point)) {
                    result.append(String.format("%%%02X", b));
                }
            }
        });
        return result.toString();
    }

    /** Half a surrogate pair, which UTF-8 does not know, as the three bytes it would be: or else two such names would be one. */
    private static byte[] utf8(int point) {
        return Character.getType(point) == Character.SURROGATE
                ? new byte[] {
                    (byte) (0xE0 | (point >> 12)), (byte) (0x80 | ((point >> 6) & 0x3F)), (byte) (0x80 | (point & 0x3F))
                }
                : Character.toString(point).getBytes(UTF_8);
    }
}
