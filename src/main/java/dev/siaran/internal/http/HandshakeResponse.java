package dev.siaran.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request for a stream, as the Jakarta REST runtime has it until the handshake is over.
 *
 * <p>What the runtime writes to open a stream can be held back: a runtime flushes its few bytes in four or five pieces, each a system call and
 * a packet, on a thread that may have to wait for the client. The stream then sends them with its own first bytes, head and all.
 *
 * <p>Where nothing is held back, a client that has left is no error: Jersey would write one or two stacks into the log for each, and whoever
 * connects and leaves could fill a disk with them.
 */
final class HandshakeResponse extends HttpServletResponseWrapper {

    // The request's thread, before it has returned
    private @Nullable Output output;
    private @Nullable ByteArrayOutputStream held;

    private volatile boolean over;
    private volatile boolean left;

    /** Answers a request. */
    HandshakeResponse(HttpServletResponse response) {
        super(response);
    }

    /** Holds back what is written from now on. */
    void hold() {
        held = new ByteArrayOutputStream();
    }

    /** Takes what was held back; what is written from now on is written at once. */
    byte[] take() {
        ByteArrayOutputStream taken = held;
        held = null;
        return taken == null ? new byte[0] : taken.toByteArray();
    }

    /** Sends what was held back and nobody has taken. */
    void release() throws IOException {
        byte[] rest = take();
        if (rest.length > 0) {
            getOutputStream().write(rest);
            flushBuffer();
        }
    }

    /** The handshake is over: from now on what fails is told. */
    void end() throws IOException {
        release();
        over = true;
    }

    /** Whether a write has failed that was not told. */
    boolean hasClientLeft() {
        return left;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        Output opened = output;
        if (opened == null) {
            opened = new Output(super.getOutputStream());
            output = opened;
        }
        return opened;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (held == null) {
            attempt(super::flushBuffer);
        }
    }

    /** As far as the runtime is concerned: what it has flushed cannot be taken back. */
    @Override
    public boolean isCommitted() {
        ByteArrayOutputStream waiting = held;
        return (waiting != null && waiting.size() > 0) || super.isCommitted();
    }

    private void attempt(Write write) throws IOException {
        if (left && !over) {
            return;
        }
        try {
            write.run();
        } catch (IOException e) {
            if (over) {
                throw e;
            }
            left = true;
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    private final class Output extends ServletOutputStream {

        private final ServletOutputStream target;

        Output(ServletOutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int octet) throws IOException {
            if (held == null) {
                attempt(() -> target.write(octet));
            } else {
                held.write(octet);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (held == null) {
                attempt(() -> target.write(bytes, offset, length));
            } else {
                held.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (held == null) {
                attempt(target::flush);
            }
        }

        @Override
        public void close() throws IOException {
            release();
            attempt(target::close);
        }

        @Override
        public boolean isReady() {
            return target.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            target.setWriteListener(listener);
        }
    }
}
