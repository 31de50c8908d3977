package dev.siaran.it.crowd;

/**
 * The names of the crowd: one letter each, of two bytes in UTF-8. The first byte is the same for all, the second is nobody else's,
 * and a server writes neither of them by itself. So each byte of an answer tells whose it is, wherever the answer is cut.
 */
public final class Letters {

    /** How many there are. */
    public static final int COUNT = 64;

    private static final int FIRST = 0x100;

    private Letters() {}

    /** The name of a user, by number. */
    public static String name(int number) {
        return Character.toString(FIRST + number);
    }

    /** So many times the letter. */
    public static String text(String name, int times) {
        return name.repeat(times);
    }

    /** Whether a byte is nobody's, or that user's. */
    public static boolean isOf(int number, byte b) {
        return b >= 0 || b == (byte) 0xC4 || b == (byte) (0x80 + number);
    }
}
