package dev.siaran.internal.http;

import dev.siaran.internal.config.SiaranConfig.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which transport a stream gets. Without a choice in the configuration: the servlet's non-blocking output, unless the container is
 * known to block, or has been found to.
 *
 * <p>Safe for use by many threads.
 */
final class Transports {

    private static final Logger LOG = System.getLogger(Transports.class.getName());

    private final Transport configured;
    private final BlockingWriters writers = new BlockingWriters();
    private final OpenResponses responses = new OpenResponses();
    private final AtomicBoolean foundNoServlet = new AtomicBoolean();
    private volatile boolean foundBlocking;

    Transports(Transport configured) {
        this.configured = configured;
    }

    boolean useSink() {
        return configured == Transport.SINK;
    }

    OpenResponses responses() {
        return responses;
    }

    /** Threads for what has to wait. */
    BlockingWriters writers() {
        return writers;
    }

    /** Threads for writes that wait; null where they need not. */
    @Nullable
    BlockingWriters blockingWriters(ServletExchange exchange) {
        boolean blocking = switch (configured) {
            case BLOCKING -> true;
            case AUTO -> foundBlocking || exchange.isBlocking();
            case SERVLET, SINK -> false;
        };
        return blocking ? writers : null;
    }

    /** A write has not returned: from now on, streams get threads that may wait. */
    void foundBlocking(String connection) {
        if (configured == Transport.AUTO && !foundBlocking) {
            foundBlocking = true;
            LOG.log(
                    Level.WARNING,
                    connection
                            + ": this server's non-blocking output waits for slow clients. New streams are written by"
                            + " threads of their own; siaran.transport=blocking makes that so from the start");
        }
    }

    /** A request has come past the filters: streams go through the sink. */
    void foundNoServlet(String connection) {
        if (configured != Transport.SINK && foundNoServlet.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    connection
                            + ": this request has not come through a servlet container that Siaran is registered in, so streams"
                            + " go through SseEventSink, which is slower, and there is no limit for each client address or session. On an"
                            + " embedded servlet container, register "
                            + SiaranInitializer.class.getName()
                            + "; on a server without servlets, siaran.transport=sink says that this is intended");
        }
    }

    /** Gives the responses a moment to end; called once the streams have. */
    void close(Duration atMost) {
        responses.awaitNone(atMost);
        writers.close();
    }
}
