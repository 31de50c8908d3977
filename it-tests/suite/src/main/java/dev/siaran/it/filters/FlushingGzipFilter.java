package dev.siaran.it.filters;

import jakarta.servlet.annotation.WebFilter;

/** Compresses whatever a client accepts compressed, and sends it at each flush. */
@WebFilter(
        urlPatterns = {"/sse/flushing-gzip", "/recorded/flushing-gzip"},
        asyncSupported = true)
public class FlushingGzipFilter extends GzipFilter {

    private static final long serialVersionUID = 1;

    /** For the container. */
    public FlushingGzipFilter() {
        super(true);
    }
}
