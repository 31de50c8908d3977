package dev.siaran.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {

    private static final byte[] TEXT = "x".repeat(Chunks.LENGTH).getBytes(ISO_8859_1);

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 15, 16, 17, 255, 256, 4095, 4096, Chunks.LENGTH})
    void aChunkIsItsLengthInHexAndItsBytes(int length) {
        assertEquals(
                Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n",
                text(Chunks.of(TEXT, Chunks.LENGTH - length, length)));
    }

    @Test
    void theSameBytesAgainAreTheSameChunkHoweverMuchOfItWasRead() {
        byte[] bytes = "abcdef".getBytes(ISO_8859_1);
        Chunks.of(bytes, 1, 3).position(2);

        assertEquals("3\r\nbcd\r\n", text(Chunks.of(bytes, 1, 3)));
    }

    @Test
    void otherBytesAreAnotherChunk() {
        byte[] bytes = "abcdef".getBytes(ISO_8859_1);
        Chunks.of(bytes, 1, 3);

        assertEquals("3\r\ncde\r\n", text(Chunks.of(bytes, 2, 3)));
        assertEquals("2\r\ncd\r\n", text(Chunks.of(bytes, 2, 2)));
        assertEquals("2\r\nCD\r\n", text(Chunks.of("abCD".getBytes(ISO_8859_1), 2, 2)));
    }

    private static String text(ByteBuffer chunk) {
        return ISO_8859_1.decode(chunk).toString();
    }
}
