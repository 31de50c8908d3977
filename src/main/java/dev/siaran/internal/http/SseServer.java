package dev.siaran.internal.http;

import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Hub;
import dev.siaran.internal.hub.Leases;
import dev.siaran.internal.hub.SlowPolicy;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What stands behind every stream of an application: the hub, and the threads of the application's own streams.
 *
 * <p>Safe for use by many threads.
 */
public class SseServer {

    private static final Duration STOP_WITHIN = Duration.ofMillis(500);

    private final SiaranConfig config;
    private final Hub hub;
    private final StreamThreads threads = new StreamThreads();
    private final Transports transports;

    /** A server for a hub. */
    public SseServer(SiaranConfig config, Hub hub) {
        this.config = config;
        this.hub = hub;
        this.transports = new Transports(config.stream().transport());
        hub.onStuck(connection -> transports.foundBlocking(connection.toString()));
    }

    /** The server of the application that this thread works for. */
    public static SseServer current() {
        return Beans.current().server();
    }

    /** A client's call of a subscribe method. */
    public SubscribeCall call(SseEventSink sink, String method, Caller caller) {
        var outlet = new SinkOutlet(sink, transports.writers());
        return new SubscribeCall(config, hub, threads, transports, outlet, method, caller);
    }

    /** A client's call of a publish method. */
    public PublishCall publishCall(HttpHeaders headers) {
        return new PublishCall(config, headers);
    }

    /** A channel as Jakarta REST's broadcaster. */
    public SseBroadcaster broadcaster(String channel, Function<OutboundSseEvent, CompletionStage<?>> publisher) {
        return new ChannelBroadcaster(
                names -> hub.follow(names, null, SlowPolicy.DISCONNECT), transports.writers(), channel, publisher);
    }

    /** The leases of the open streams. */
    public Leases leases() {
        return hub.leases();
    }

    /** How many streams are open. */
    public int openConnections() {
        return hub.openConnections();
    }

    /** How many servlet responses are taken over by streams and have not been completed. */
    public int openResponses() {
        return transports.responses().size();
    }

    /** Refuses new streams, ends the open ones, and waits a moment for their responses and for the threads of the application's own. */
    public void close() {
        hub.close();
        threads.join(STOP_WITHIN);
        transports.close(STOP_WITHIN);
    }
}
