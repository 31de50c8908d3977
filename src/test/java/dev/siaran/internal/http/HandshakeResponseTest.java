package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** A runtime opens a stream whose client may have left. */
class HandshakeResponseTest {

    private static final byte[] HELLO = {1, 2, 3};

    private final ByteArrayOutputStream client = new ByteArrayOutputStream();
    private boolean left;
    private int flushes;

    private final ServletOutputStream output = new ServletOutputStream() {
        @Override
        public void write(int octet) throws IOException {
            throwIfLeft();
            client.write(octet);
        }

        @Override
        public void flush() throws IOException {
            throwIfLeft();
            flushes++;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    };

    private final HandshakeResponse response = new HandshakeResponse((HttpServletResponse) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                return switch (method.getName()) {
                    case "flushBuffer" -> {
                        output.flush();
                        yield null;
                    }
                    case "isCommitted" -> flushes > 0;
                    case "getOutputStream" -> output;
                    default -> throw new AssertionError(method);
                };
            }));

    private void throwIfLeft() throws IOException {
        if (left) {
            throw new IOException("Broken pipe");
        }
    }

    @Test
    void aClientThatIsThereGetsEverything() throws IOException {
        response.getOutputStream().write(HELLO);
        response.getOutputStream().write(4);
        response.getOutputStream().flush();
        response.flushBuffer();

        assertSame(response.getOutputStream(), response.getOutputStream());
        assertArrayEquals(new byte[] {1, 2, 3, 4}, client.toByteArray());
        assertEquals(2, flushes);
        assertFalse(response.hasClientLeft());
    }

    @Test
    void whatIsHeldBackGoesNowhereUntilItIsTaken() throws IOException {
        response.hold();
        assertFalse(response.isCommitted());

        response.getOutputStream().write(HELLO);
        response.getOutputStream().write(4);
        response.getOutputStream().flush();
        response.flushBuffer();

        assertTrue(response.isCommitted());
        assertArrayEquals(new byte[] {1, 2, 3, 4}, response.take());
        response.end();
        assertEquals(0, client.size());
        assertEquals(0, flushes);

        response.getOutputStream().write(HELLO);
        assertArrayEquals(HELLO, client.toByteArray());
    }

    @Test
    void whatIsHeldBackAndNobodyTakesIsSentAtTheEndOfTheHandshakeOrOfTheOutput() throws IOException {
        response.hold();
        response.getOutputStream().write(HELLO);
        response.end();

        assertArrayEquals(HELLO, client.toByteArray());
        assertEquals(1, flushes);

        response.hold();
        response.getOutputStream().write(4);
        response.getOutputStream().close();

        assertArrayEquals(new byte[] {1, 2, 3, 4}, client.toByteArray());
    }

    @Test
    void aClientThatHasLeftIsNoErrorToTheRuntimeButToWhoAsked() throws IOException {
        left = true;

        response.getOutputStream().write(HELLO);
        response.getOutputStream().write(4);
        response.getOutputStream().flush();
        response.getOutputStream().close();
        response.flushBuffer();

        assertTrue(response.hasClientLeft());
    }

    @Test
    void afterTheHandshakeItIs() throws IOException {
        ServletOutputStream opened = response.getOutputStream();
        left = true;

        response.end();

        assertThrows(IOException.class, () -> opened.write(HELLO));
        assertThrows(IOException.class, opened::flush);
        assertThrows(IOException.class, response::flushBuffer);
    }
}
