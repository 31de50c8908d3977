package dev.siaran.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.io.IOException;
import java.util.concurrent.Executor;

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

    /** Whether a write waits for the client although the output said that it was ready. */
    default boolean isBlocking() {
        return false;
    }

    /** Where to complete a response that has been written to. */
    default Executor completer(ServletResponse response) {
        return Runnable::run;
    }

    /** The quirk of the container that a response comes from. */
    static ServerQuirk of(ServletResponse response) {
        String container = unwrapped(response).getClass().getName();
        if (container.startsWith("io.undertow.")) {
            return UndertowQuirk.INSTANCE;
        }
        return container.startsWith("com.ibm.") ? LibertyQuirk.INSTANCE : None.INSTANCE;
    }

    /** The container's own response, below what filters have put around it. */
    static ServletResponse unwrapped(ServletResponse response) {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            inner = wrapper.getResponse();
        }
        return inner;
    }

    /** A container without quirks. */
    enum None implements ServerQuirk {
        INSTANCE
    }
}
