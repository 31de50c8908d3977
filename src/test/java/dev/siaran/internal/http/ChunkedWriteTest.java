package dev.siaran.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ChunkedWriteTest {

    /** A socket that has room for so many bytes now. */
    private static final class Narrow implements ChunkedWrite.Socket {

        private final StringBuilder taken = new StringBuilder();
        private int room;

        @Override
        public void write(ByteBuffer bytes) {
            ByteBuffer part = bytes.slice(bytes.position(), Math.min(room, bytes.remaining()));
            room -= part.remaining();
            bytes.position(bytes.position() + part.remaining());
            taken.append(ISO_8859_1.decode(part));
        }
    }

    private final ChunkedWrite write = new ChunkedWrite();
    private final Narrow socket = new Narrow();

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private boolean send(int room) throws IOException {
        socket.room = room;
        return write.send(socket);
    }

    /** Another connection of the same thread sends something else. */
    private static void othersSend() throws IOException {
        var other = new ChunkedWrite();
        other.begin(bytes("something else"), 0, 9);
        assertTrue(other.send(taken -> taken.position(taken.limit())));
    }

    @Test
    void whatTheSocketTakesAtOnceIsOver() throws IOException {
        assertTrue(write.isOver());

        write.begin(bytes("abcdef"), 1, 3);

        assertFalse(write.isOver());
        assertTrue(send(100));
        assertTrue(write.isOver());
        assertEquals("3\r\nbcd\r\n", socket.taken.toString());
    }

    @Test
    void itGoesOnWhereTheSocketWasFullWhateverOthersSendMeanwhile() throws IOException {
        int length = Chunks.LENGTH + 3;
        write.begin(bytes("x".repeat(length)), 0, length);

        assertFalse(send(1));
        othersSend();
        assertFalse(send(0));
        assertFalse(send(9));
        othersSend();
        assertFalse(send(Chunks.LENGTH));
        othersSend();
        assertFalse(send(1));
        othersSend();
        assertFalse(write.isOver());
        assertTrue(send(100));

        assertEquals("10000\r\n" + "x".repeat(Chunks.LENGTH) + "\r\n3\r\nxxx\r\n", socket.taken.toString());
    }

    @Test
    void whatSomebodyElseIsToSendIsNotSentHere() throws IOException {
        write.begin(bytes("abcdef"), 0, 6);
        assertFalse(send(4));

        assertEquals("bc", new String(write.take(2), ISO_8859_1));
        assertFalse(write.isOver());
        assertTrue(send(100));

        assertEquals("6\r\na" + "def\r\n", socket.taken.toString());
    }

    @Test
    void somebodyElseMayHaveAllThatIsLeft() throws IOException {
        write.begin(bytes("abcdef"), 0, 6);
        assertFalse(send(4));

        assertEquals("bcdef\r\n", new String(write.take(512), ISO_8859_1));

        assertTrue(write.isOver());
        write.begin(bytes("gh"), 0, 2);
        assertTrue(send(100));
        assertEquals("6\r\na" + "2\r\ngh\r\n", socket.taken.toString());
    }
}
