package dev.siaran.it.filters;

import jakarta.servlet.annotation.WebFilter;

/** Puts an output of its own around each response, without what non-blocking writes need. */
@WebFilter(
        urlPatterns = {"/sse/counted-carelessly", "/recorded/counted-carelessly"},
        asyncSupported = true)
public class CarelessCountingFilter extends CountingFilter {

    private static final long serialVersionUID = 1;

    /** For the container. */
    public CarelessCountingFilter() {
        super(false);
    }
}
