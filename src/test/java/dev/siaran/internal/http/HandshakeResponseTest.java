package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A runtime opens a stream whose client may have left. */
class HandshakeResponseTest {

    private static final byte[] HELLO = {1, 2, 3};

    private final ByteArrayOutputStream client = new ByteArrayOutputStream();
    private final List<IOException> failures = new ArrayList<>();
    private boolean left;

    private final ServletOutputStream output = new ServletOutputStream() {
        @Override
        public void write(int octet) throws IOException {
            throwIfLeft();
            client.write(octet);
        }

        @Override
        public void flush() throws IOException {
            throwIfLeft();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    };

    private final HandshakeResponse response = new HandshakeResponse(
            (HttpServletResponse) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {HttpServletResponse.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("flushBuffer")) {
                            throwIfLeft();
                        }
                        return method.getName().equals("getOutputStream") ? output : null;
                    }),
            failures::add);

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
        assertEquals(List.of(), failures);
    }

    @Test
    void aClientThatHasLeftIsNoErrorToTheRuntimeButToWhoAsked() throws IOException {
        left = true;

        response.getOutputStream().write(HELLO);
        response.getOutputStream().write(4);
        response.getOutputStream().flush();
        response.getOutputStream().close();
        response.flushBuffer();

        assertEquals(1, failures.size(), failures::toString);
    }

    @Test
    void afterTheHandshakeItIs() throws IOException {
        ServletOutputStream opened = response.getOutputStream();
        left = true;

        response.end();

        assertThrows(IOException.class, () -> opened.write(HELLO));
        assertThrows(IOException.class, opened::flush);
        assertThrows(IOException.class, response::flushBuffer);
        assertEquals(List.of(), failures);
    }
}
