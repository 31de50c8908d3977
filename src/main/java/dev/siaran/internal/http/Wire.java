package dev.siaran.internal.http;

import dev.siaran.internal.hub.Outlet;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;

/** The way of one response's bytes to the client. Called as an {@link dev.siaran.internal.hub.Outlet} is. */
interface Wire {

    /** Whether {@link #write} takes bytes now without blocking. */
    boolean isReady();

    /** Takes all of the bytes, which never change. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Sends what was written on its way.
     *
     * @return false if it is not ready to be flushed
     */
    boolean flush() throws IOException;

    /** The container has called back. On its thread, before the connection gets a turn. */
    default void writePossible() {}

    /** How many writes it takes at most until one fails whose client has gone. */
    default int writesToNotice() {
        return Outlet.WRITES_TO_NOTICE;
    }

    /** Whether the container may complete the response once a write has failed. */
    default boolean mayEndByItself() {
        return true;
    }

    /**
     * The response is about to be completed, and nothing is written any more. What the client has not taken by now is given up, with the
     * connection, if the container would wait for it.
     */
    default void end() {}

    /** The way of the servlet API, in a container that does as the specification says. */
    class Servlet implements Wire {

        private final ServletOutputStream output;

        Servlet(ServletOutputStream output) {
            this.output = output;
        }

        @Override
        public boolean isReady() {
            return output.isReady();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            output.write(bytes, offset, length);
        }

        /** To ask the output after a flush whether it is ready is what makes a container send the rest of one that came to a halt. */
        @Override
        public boolean flush() throws IOException {
            if (!output.isReady()) {
                return false;
            }
            output.flush();
            output.isReady();
            return true;
        }
    }
}
