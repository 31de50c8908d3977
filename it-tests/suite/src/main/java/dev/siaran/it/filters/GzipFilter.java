package dev.siaran.it.filters;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses whatever a client accepts compressed, and sends it when there is enough of it. */
@WebFilter(
        urlPatterns = {"/sse/gzip", "/recorded/gzip"},
        asyncSupported = true)
public class GzipFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final boolean flushing;

    /** For the container. */
    public GzipFilter() {
        this(false);
    }

    GzipFilter(boolean flushing) {
        this.flushing = flushing;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String accepted = request.getHeader("Accept-Encoding");
        if (accepted == null || !accepted.contains("gzip")) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Content-Encoding", "gzip");
        var output = new GzipOutput(new GZIPOutputStream(response.getOutputStream(), flushing));
        chain.doFilter(request, new ReplacedOutput(response, output));
        if (!request.isAsyncStarted()) {
            output.close();
        }
    }

    /** As found in many applications: whoever asks is told that it is ready. */
    private static final class GzipOutput extends ServletOutputStream {

        private final GZIPOutputStream gzip;

        GzipOutput(GZIPOutputStream gzip) {
            this.gzip = gzip;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // Nobody is told
        }

        @Override
        public void write(int next) throws IOException {
            gzip.write(next);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            gzip.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            gzip.flush();
        }

        @Override
        public void close() throws IOException {
            gzip.close();
        }
    }
}
