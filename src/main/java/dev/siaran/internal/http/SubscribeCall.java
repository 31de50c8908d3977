package dev.siaran.internal.http;

import dev.siaran.internal.config.ChannelNames;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Holder;
import dev.siaran.internal.hub.Hub;
import dev.siaran.internal.hub.Lease;
import dev.siaran.internal.hub.StreamSource;
import dev.siaran.internal.hub.TooManyStreamsException;
import dev.siaran.internal.wire.FrameEncoder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
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
    private final Caller caller;
    private final Lifetimes lifetimes;

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
            String method,
            Caller caller) {
        this.config = config;
        this.hub = hub;
        this.threads = threads;
        this.transports = transports;
        this.sink = sink;
        this.method = method;
        this.caller = caller;
        this.lifetimes = new Lifetimes(config.access().maxAge(), InstantSource.system());
    }

    /** Opens a stream that follows channels, if the caller may listen to each of them; without any, the default channel. */
    public void follow(Follower follower) {
        if (isAnsweredWhileStopping()) {
            return;
        }
        Lease lease = lease();
        Connection connection = null;
        try {
            List<String> channels = admitted(follower, lease);
            if (!isAnsweredAsHead()) {
                connection = hub.follow(channels, follower.lastEventId(), follower.slowPolicy(), lease);
            }
        } finally {
            if (connection == null) {
                lease.end();
            }
        }
        if (connection != null) {
            open(connection);
        }
    }

    /** The channels of a client that may listen to all of them. */
    private List<String> admitted(Follower follower, Lease lease) {
        List<String> chosen = follower.channels();
        List<String> channels = chosen.isEmpty() ? List.of(config.defaultChannel()) : List.copyOf(chosen);
        lease.follow(channels);
        new Admission(config.limits().channelsPerStream(), config.access().privateChannels())
                .check(caller, follower, channels);
        return channels;
    }

    private Lease lease() {
        Duration lifetime = lifetimes.lifetime(caller.expires());
        ServletExchange exchange = ServletExchange.current();
        try {
            return hub.leases().grant(holder(exchange), lifetime, exchange == null ? 0 : exchange.age());
        } catch (TooManyStreamsException e) {
            throw Refusal.tooMany(e, hub.reconnectDelay());
        }
    }

    private Holder holder(@Nullable ServletExchange exchange) {
        return exchange == null
                ? new Holder(caller.user(), null, null)
                : new Holder(
                        caller.user(),
                        exchange.session(hub.leases()),
                        exchange.network(new ClientAddresses(config.proxies())));
    }

    /**
     * Opens a stream that an application writes itself, on a thread of its own.
     *
     * @param path what the log calls the stream by, as the client has sent it
     */
    public void stream(String path, Body body) {
        String label = ChannelNames.visible(path);
        if (isAnsweredWhileStopping()) {
            return;
        }
        Lease lease = lease();
        StreamSource source = hub.stream();
        Connection connection = null;
        try {
            if (!isAnsweredAsHead()) {
                connection = hub.connect(source, label, lease);
            }
        } finally {
            if (connection == null) {
                lease.end();
            }
        }
        if (connection != null) {
            begin(connection, source, label, body);
        }
    }

    private void begin(Connection connection, StreamSource source, String label, Body body) {
        boolean begun = false;
        try {
            Thread thread = threads.newThread(() -> run(body, source, label));
            source.runsOn(thread);
            open(connection);
            thread.start();
            begun = true;
        } finally {
            if (!begun) {
                connection.close();
            }
        }
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

    /** HEAD reaches the same method as GET, and gets the head of a stream. Jersey calls it GET; the servlet knows better. */
    private boolean isAnsweredAsHead() {
        ServletExchange exchange = ServletExchange.current();
        if (!(exchange == null ? method : exchange.method()).equals("HEAD")) {
            return false;
        }
        if (exchange != null) {
            exchange.prepare();
        }
        // Without an event some runtimes answer 204
        sink.greet(FrameEvent.WELCOME).whenComplete((sent, failure) -> sink.refuse());
        return true;
    }

    /** A node that is stopping tells when to come back: with any status but 200 an {@code EventSource} never would. */
    private boolean isAnsweredWhileStopping() {
        if (!hub.isClosed()) {
            return false;
        }
        ServletExchange exchange = ServletExchange.current();
        if (exchange != null) {
            exchange.prepare();
            sink.greet(FrameEvent.WELCOME);
            exchange.endWith(FrameEncoder.retry(hub.reconnectDelay()));
        } else {
            sink.greet(FrameEvent.retry(hub.reconnectDelay())).whenComplete((sent, failure) -> sink.refuse());
        }
        return true;
    }

    private void open(Connection connection) {
        boolean opened = false;
        try {
            ServletExchange exchange = ServletExchange.current();
            if (exchange == null) {
                transports.foundNoServlet(connection.toString());
            } else {
                exchange.prepare();
            }
            if (exchange == null || transports.useSink()) {
                sink.greet(FrameEvent.WELCOME);
                sink.openFor(connection, exchange == null ? Thread::interrupt : exchange.writeBreaker());
            } else {
                exchange.entrust(connection, sink, transports);
                sink.greet(FrameEvent.WELCOME);
            }
            opened = true;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }
}
