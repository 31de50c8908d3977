package dev.siaran.internal.http;

import java.nio.ByteBuffer;

/** The chunked transfer coding of HTTP/1.1 (RFC 9112, section 7.1), for a {@link ChunkedWrite}. */
final class Chunks {

    /** The most bytes of one chunk; larger writes are several. */
    static final int LENGTH = 64 << 10;

    private static final byte[] LINE_END = {'\r', '\n'};

    private static final ThreadLocal<Chunks> OF_THREAD = ThreadLocal.withInitial(Chunks::new);

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LENGTH + framing(LENGTH));
    private byte[] last = LINE_END;
    private int lastOffset;
    private int lastLength;

    private Chunks() {}

    /** This thread's buffer with one chunk in it, to be read; the bytes never change. */
    static ByteBuffer of(byte[] bytes, int offset, int length) {
        return OF_THREAD.get().chunk(bytes, offset, length);
    }

    /** One connection after the other is sent the same bytes: they are in the buffer already. */
    private ByteBuffer chunk(byte[] bytes, int offset, int length) {
        if (bytes == last && offset == lastOffset && length == lastLength) {
            return buffer.rewind();
        }
        put(buffer.clear(), bytes, offset, length);
        last = bytes;
        lastOffset = offset;
        lastLength = length;
        return buffer.flip();
    }

    private static void put(ByteBuffer target, byte[] bytes, int offset, int length) {
        putHex(target, length);
        target.put(LINE_END).put(bytes, offset, length).put(LINE_END);
    }

    private static void putHex(ByteBuffer buffer, int number) {
        for (int shift = 4 * digits(number) - 4; shift >= 0; shift -= 4) {
            buffer.put((byte) Character.forDigit(number >> shift & 0xf, 16));
        }
    }

    private static int framing(int length) {
        return digits(length) + 2 * LINE_END.length;
    }

    private static int digits(int number) {
        return 8 - Integer.numberOfLeadingZeros(number) / 4;
    }
}
