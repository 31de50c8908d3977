package dev.siaran.internal.wire;

import java.util.Arrays;

/**
 * Frames that are put together for one write. Grows with what it is given, and is used again and again.
 *
 * <p>Not safe for use by many threads.
 */
public final class FrameBuffer {

    /** A buffer that has grown beyond that is not kept. */
    private static final int LARGEST_KEPT = 64 << 10;

    private byte[] bytes = new byte[1024];
    private int length;

    /** How many bytes are in it. */
    public int length() {
        return length;
    }

    /** Forgets what is in it. */
    public void clear() {
        length = 0;
    }

    /** Adds a frame, or the fields of one that stand before its id. */
    public void put(byte[] source, int offset, int count) {
        grow(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Adds text that is ASCII; what is not becomes a question mark. */
    public void put(String ascii) {
        int count = ascii.length();
        grow(count);
        for (int i = 0; i < count; i++) {
            char c = ascii.charAt(i);
            bytes[length++] = (byte) (c < 0x80 ? c : '?');
        }
    }

    /** Begins the id, which is the last field of a frame. */
    public void beginId() {
        put(FrameEncoder.ID, 0, FrameEncoder.ID.length);
    }

    /** Ends the id, and the frame. */
    public void end() {
        put(FrameEncoder.END, 0, FrameEncoder.END.length);
    }

    private void grow(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * bytes.length));
        }
    }

    /** All that is in it, as an array that never changes; it is empty then. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length);
        length = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[LARGEST_KEPT];
        }
        return taken;
    }
}
