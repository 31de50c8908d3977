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
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Hands request and response to the resources, so that a stream can take the response over. */
public final class SiaranFilter implements Filter {

    private static final Logger LOG = System.getLogger(SiaranFilter.class.getName());

    /** How many streams may hold a thread of the server: a server may have as few as five (Payara, unless told otherwise). */
    static final int MOST_HELD = 4;

    private final Semaphore threads = new Semaphore(MOST_HELD);
    private final HandshakeGate gate;
    private final NotAsyncWarning notAsync = new NotAsyncWarning();
    private volatile @Nullable Beans beans;

    /** For the container. */
    public SiaranFilter() {
        this(new HandshakeGate());
    }

    SiaranFilter(HandshakeGate gate) {
        this.gate = gate;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse httpResponse) {
            if (request.isAsyncSupported()) {
                pass(http, httpResponse, chain);
                return;
            }
            if (UncompressedRequest.isForStream(http)) {
                notAsync.tell(http);
                hold(http, httpResponse, chain);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private void hold(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!threads.tryAcquire()) {
            response.setHeader("Retry-After", "5");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        try {
            var held = new HeldRequest(request, response);
            pass(held, response, chain);
            held.awaitEnd();
        } finally {
            threads.release();
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var exchange = new ServletExchange(request, response, ServerQuirk.of(response), this::beans);
        if (UncompressedRequest.isForStream(request)) {
            gate.pass(() -> exchange.pass(chain));
        } else {
            exchange.pass(chain);
        }
    }

    /** Looked up once, by the first request: see {@link Beans}. */
    private Beans beans() {
        Beans known = beans;
        if (known == null) {
            known = Beans.ofCaller();
            beans = known;
        }
        return known;
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
