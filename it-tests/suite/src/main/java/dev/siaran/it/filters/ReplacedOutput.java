package dev.siaran.it.filters;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** A response whose output is a filter's own. */
final class ReplacedOutput extends HttpServletResponseWrapper {

    private final ServletOutputStream output;

    ReplacedOutput(HttpServletResponse response, ServletOutputStream output) {
        super(response);
        this.output = output;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return output;
    }

    @Override
    public void flushBuffer() throws IOException {
        output.flush();
    }
}
