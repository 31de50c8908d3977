package dev.siaran.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** What one servlet container does differently. The default is a container that does as the specification says. */
interface ServerQuirk {

    /** Called before anything is written. */
    default void beforeHandshake(ServletResponse response) {}

    /** Sends what was written on its way; the output was ready. */
    default void flush(ServletOutputStream output) throws IOException {
        if (output.isReady()) {
            output.flush();
        }
    }

    /** The quirk of the container that a response comes from. */
    static ServerQuirk of(ServletResponse response) {
        return response.getClass().getName().startsWith("io.undertow.") ? UndertowQuirk.INSTANCE : None.INSTANCE;
    }

    /** A container without quirks. */
    enum None implements ServerQuirk {
        INSTANCE
    }
}
