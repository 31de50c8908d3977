package dev.siaran.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The data of an event: its number, its stamp and padding up to a fixed size, all ASCII. */
final class EventData {

    /** The least size: two numbers of 19 digits and a space after each. */
    static final int MIN_SIZE = 40;

    private static final int DIGITS = 19;

    private EventData() {}

    /** Writes the data of one event, exactly {@code size} bytes. */
    static void write(byte[] target, int offset, int size, long sequence, long stamp) {
        digits(target, offset, sequence);
        target[offset + DIGITS] = ' ';
        digits(target, offset + DIGITS + 1, stamp);
        target[offset + 2 * DIGITS + 1] = ' ';
        Arrays.fill(target, offset + MIN_SIZE, offset + size, (byte) 'x');
    }

    private static void digits(byte[] target, int offset, long number) {
        long rest = number;
        for (int i = offset + DIGITS - 1; i >= offset; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
