package dev.siaran.internal.http;

import dev.siaran.internal.config.ChannelNames;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Hub;
import dev.siaran.internal.hub.SlowPolicy;
import dev.siaran.internal.hub.StreamSource;
import dev.siaran.internal.wire.FrameEncoder;
import jakarta.ws.rs.BadRequestException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a subscribe method, up to the open stream: the handshake. The request's thread only. */
public final class SubscribeCall {

    private static final Logger LOG = System.getLogger(SubscribeCall.class.getName());

    private final SiaranConfig config;
    private final Hub hub;
    private final StreamThreads threads;
    private final Transports transports;
    private final SinkOutlet sink;
    private final String method;

    /** What an application's own stream does. */
    @FunctionalInterface
    public interface Body {
        /** Writes the stream; it ends when this returns or throws. */
        void run(StreamSource output) throws Exception;
    }

    SubscribeCall(
            SiaranConfig config,
            Hub hub,
            StreamThreads threads,
            Transports transports,
            SinkOutlet sink,
            String method) {
        this.config = config;
        this.hub = hub;
        this.threads = threads;
        this.transports = transports;
        this.sink = sink;
        this.method = method;
    }

    /** Opens a stream that follows channels; without any, the default channel. */
    public void follow(List<String> channels, @Nullable String lastEventId, SlowPolicy slow) {
        if (isAnswered()) {
            return;
        }
        List<String> names = channels.isEmpty() ? List.of(config.defaultChannel()) : channels;
        try {
            names.forEach(name -> ChannelNames.check("channel", name));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
        open(hub.follow(names, lastEventId, slow));
    }

    /** Opens a stream that an application writes itself, on a thread of its own. */
    public void stream(String label, Body body) {
        if (isAnswered()) {
            return;
        }
        StreamSource source = hub.stream();
        Connection connection = hub.connect(source, label);
        Thread thread = threads.newThread(() -> run(body, source, label));
        source.runsOn(thread);
        open(connection);
        thread.start();
    }

    private static void run(Body body, StreamSource source, String label) {
        try {
            body.run(source);
        } catch (Exception e) {
            Level level = source.isOpen() ? Level.WARNING : Level.DEBUG;
            LOG.log(level, label + ": the stream ended with an exception", e);
        } finally {
            source.end();
        }
    }

    /**
     * Answers what gets the head of a stream and no more. HEAD reaches the same method as GET; Jersey calls it GET, the servlet
     * knows better. A node that is stopping tells when to come back: with any status but 200 an {@code EventSource} never would.
     */
    private boolean isAnswered() {
        ServletExchange exchange = ServletExchange.current();
        boolean isHead = (exchange == null ? method : exchange.method()).equals("HEAD");
        if (!isHead && !hub.isClosed()) {
            return false;
        }
        if (exchange != null) {
            exchange.prepare();
        }
        // Without an event some runtimes answer 204
        if (isHead) {
            sink.greet(FrameEvent.WELCOME).whenComplete((sent, failure) -> sink.refuse());
        } else if (exchange != null) {
            sink.greet(FrameEvent.WELCOME);
            exchange.endWith(FrameEncoder.retry(hub.reconnectDelay()));
        } else {
            sink.greet(FrameEvent.retry(hub.reconnectDelay())).whenComplete((sent, failure) -> sink.refuse());
        }
        return true;
    }

    private void open(Connection connection) {
        try {
            ServletExchange exchange = ServletExchange.current();
            if (exchange != null) {
                exchange.prepare();
            }
            sink.greet(FrameEvent.WELCOME);
            if (exchange == null) {
                transports.foundNoServlet(connection.toString());
            }
            if (exchange == null || transports.useSink()) {
                sink.openFor(connection);
            } else {
                exchange.entrust(connection, sink, transports);
            }
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
