package dev.siaran.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request for a stream, as the Jakarta REST runtime has it: until the handshake is over, a client that has left is no error.
 * Jersey would write one or two stacks into the log for each, and whoever connects and leaves could fill a disk with them. The exchange is
 * told instead: some containers never call back once a write has failed.
 */
final class HandshakeResponse extends HttpServletResponseWrapper {

    private final Consumer<IOException> clientLeft;

    // The request's thread, before it has returned
    private @Nullable Output output;

    private volatile boolean over;
    private volatile boolean left;

    /**
     * Answers a request.
     *
     * @param clientLeft is told, on the thread that writes, when a write fails; nothing is written after that
     */
    HandshakeResponse(HttpServletResponse response, Consumer<IOException> clientLeft) {
        super(response);
        this.clientLeft = clientLeft;
    }

    /** From now on what fails is told, to a sink that goes on to write. */
    void end() {
        over = true;
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
        attempt(super::flushBuffer);
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
            clientLeft.accept(e);
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
            attempt(() -> target.write(octet));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            attempt(() -> target.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            attempt(target::flush);
        }

        @Override
        public void close() throws IOException {
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
