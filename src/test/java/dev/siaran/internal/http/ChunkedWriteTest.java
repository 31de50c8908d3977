package dev.siaran.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ChunkedWriteTest {

    /** A socket that has room for so many bytes now. */
    private static final class Narrow implements ChunkedWrite.Socket {

        private final StringBuilder taken = new StringBuilder();
        private int room;
        private int calls;
        private IOException failure;

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (failure != null) {
                throw failure;
            }
            ByteBuffer part = bytes.slice(bytes.position(), Math.min(room, bytes.remaining()));
            room -= part.remaining();
            bytes.position(bytes.position() + part.remaining());
            taken.append(ISO_8859_1.decode(part));
        }

        @Override
        public void callBack(ChunkedWrite left) {
            calls++;
        }
    }

    private final Narrow socket = new Narrow();
    private final ChunkedWrite write = new ChunkedWrite(socket);

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private void write(String text, int room) throws IOException {
        socket.room = room;
        write.write(bytes(text), 0, text.length());
    }

    private boolean isSent(int room) {
        socket.room = room;
        return write.isSent();
    }

    /** Another connection of the same thread sends something else. */
    private static void othersSend() throws IOException {
        var roomy = new Narrow();
        roomy.room = 100;
        new ChunkedWrite(roomy).write(bytes("something else"), 0, 9);
    }

    @Test
    void whatTheSocketTakesAtOnceIsOver() throws IOException {
        assertTrue(write.isOver());
        socket.room = 100;

        write.write(bytes("abcdef"), 1, 3);

        assertTrue(write.isOver());
        assertTrue(write.flush());
        assertEquals("3\r\nbcd\r\n", socket.taken.toString());
        assertEquals(0, socket.calls);
    }

    @Test
    void itGoesOnWhereTheSocketWasFullWhateverOthersSendMeanwhile() throws IOException {
        write("x".repeat(Chunks.LENGTH + 3), 1);
        othersSend();
        assertFalse(write.flush());
        assertEquals(1, socket.calls);
        assertFalse(isSent(9));
        othersSend();
        assertFalse(isSent(Chunks.LENGTH));
        othersSend();
        assertFalse(isSent(1));
        assertEquals(4, socket.calls);
        othersSend();
        assertFalse(write.isOver());

        assertTrue(isSent(100));

        assertTrue(write.isOver());
        assertEquals("10000\r\n" + "x".repeat(Chunks.LENGTH) + "\r\n3\r\nxxx\r\n", socket.taken.toString());
    }

    @Test
    void whatSomebodyElseIsToSendIsNotSentHere() throws IOException {
        write("abcdef", 4);

        assertEquals("bc", new String(write.take(2), ISO_8859_1));
        assertFalse(write.isOver());
        assertTrue(isSent(100));

        assertEquals("6\r\na" + "def\r\n", socket.taken.toString());
    }

    @Test
    void somebodyElseMayHaveAllThatIsLeft() throws IOException {
        write("abcdef", 4);

        assertEquals("bcdef\r\n", new String(write.take(512), ISO_8859_1));

        assertTrue(write.isOver());
        write("gh", 100);
        assertEquals("6\r\na" + "2\r\ngh\r\n", socket.taken.toString());
    }

    @Test
    void whatFailsWhileTheRestIsSentIsToldByTheNextFlushOrWrite() throws IOException {
        write("abcdef", 4);
        socket.failure = new IOException("Broken pipe");

        assertTrue(isSent(100), "nobody calls back");

        assertSame(socket.failure, assertThrows(IOException.class, write::flush));
        assertSame(socket.failure, assertThrows(IOException.class, () -> write("gh", 100)));
        assertFalse(write.isOver());
    }
}
