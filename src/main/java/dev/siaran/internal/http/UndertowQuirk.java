package dev.siaran.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;

/**
 * Undertow (WildFly, embedded): a non-blocking flush that sends its buffer only in part leaves the rest until the next
 * write. A buffer of one byte makes every write pass it by: header, data and end of a chunk go to the socket in one gathering
 * write, nothing needs a flush, and a connection holds 1 KB of direct memory instead of 16.
 */
enum UndertowQuirk implements ServerQuirk {
    INSTANCE;

    @Override
    public void beforeHandshake(ServletResponse response) {
        response.setBufferSize(1);
    }

    @Override
    public void flush(ServletOutputStream output) {
        // Written through
    }
}
