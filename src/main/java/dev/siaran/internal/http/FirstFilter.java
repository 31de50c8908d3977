package dev.siaran.internal.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Stands before the filters of the application: those that compress responses let streams pass. */
public final class FirstFilter implements Filter {

    /** For the container. */
    public FirstFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isStream = request instanceof HttpServletRequest http && UncompressedRequest.isForStream(http);
        chain.doFilter(isStream ? new UncompressedRequest((HttpServletRequest) request) : request, response);
    }
}
