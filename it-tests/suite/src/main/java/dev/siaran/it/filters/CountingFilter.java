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

/** Puts an output of its own around each response. */
@WebFilter(
        urlPatterns = {"/sse/counted", "/recorded/counted"},
        asyncSupported = true)
public class CountingFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final boolean complete;

    /** For the container. */
    public CountingFilter() {
        this(true);
    }

    CountingFilter(boolean complete) {
        this.complete = complete;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new ReplacedOutput(response, new Counted(response.getOutputStream(), complete)));
    }

    private static final class Counted extends ServletOutputStream {

        private final ServletOutputStream output;
        private final boolean complete;
        private long bytes;

        Counted(ServletOutputStream output, boolean complete) {
            this.output = output;
            this.complete = complete;
        }

        @Override
        public boolean isReady() {
            return !complete || output.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            if (!complete) {
                throw new UnsupportedOperationException("not written yet");
            }
            output.setWriteListener(listener);
        }

        @Override
        public void write(int next) throws IOException {
            output.write(next);
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            output.write(source, offset, length);
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            output.flush();
        }

        @Override
        public String toString() {
            return bytes + " bytes";
        }
    }
}
