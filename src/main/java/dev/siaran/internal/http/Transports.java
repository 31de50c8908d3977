package dev.siaran.internal.http;

import dev.siaran.internal.config.SiaranConfig.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
    private volatile boolean foundBlocking;

    Transports(Transport configured) {
        this.configured = configured;
    }

    boolean useSink() {
        return configured == Transport.SINK;
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

    void close() {
        writers.close();
    }
}
