package dev.siaran.internal.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Hands request and response to the resources, so that a stream can take the response over. */
public final class SiaranFilter implements Filter {

    private static final Logger LOG = System.getLogger(SiaranFilter.class.getName());

    /** For the container. */
    public SiaranFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse httpResponse
                && request.isAsyncSupported()) {
            new ServletExchange(http, httpResponse, ServerQuirk.of(response))
                    .pass(() -> chain.doFilter(request, response));
        } else {
            chain.doFilter(request, response);
        }
    }

    /** The container calls this first when it stops an application: streams that are open now would hold it up. */
    @Override
    public void destroy() {
        try {
            SseServer.current().close();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "CDI was gone before the filter; its end has closed the streams", e);
        }
    }
}
