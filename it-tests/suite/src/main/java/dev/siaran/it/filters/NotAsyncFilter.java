package dev.siaran.it.filters;

import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;

/** Does nothing, and has not said that it can do so asynchronously. */
@WebFilter(urlPatterns = {"/sse/not-async", "/recorded/not-async"})
public class NotAsyncFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /** For the container. */
    public NotAsyncFilter() {}
}
