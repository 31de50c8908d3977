package dev.siaran.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a stream, which says nothing of compression: what compresses the responses of an application gathers the events of
 * hours before it has enough to compress, and its client sees nothing of them.
 */
final class UncompressedRequest extends HttpServletRequestWrapper {

    private static final String ACCEPT_ENCODING = "Accept-Encoding";

    UncompressedRequest(HttpServletRequest request) {
        super(request);
    }

    /** Whether a request is for a stream for certain, as every {@code EventSource} says. */
    static boolean isForStream(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        return accepted != null && accepted.contains("text/event-stream");
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(ACCEPT_ENCODING) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(ACCEPT_ENCODING) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(ACCEPT_ENCODING::equalsIgnoreCase);
        return Collections.enumeration(names);
    }
}
