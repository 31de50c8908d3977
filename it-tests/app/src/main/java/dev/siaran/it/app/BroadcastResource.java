package dev.siaran.it.app;

import dev.siaran.SseQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Streams of Jakarta REST's own sinks, which a broadcaster serves; counts those of which it has said that they are closed. */
@Path("/broadcast/{channel}")
@ApplicationScoped
public class BroadcastResource {

    private final Map<String, SseBroadcaster> broadcasters = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> registered = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> closed = new ConcurrentHashMap<>();

    @Inject
    SseQueue queue;

    /** Opens a stream. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void listen(@PathParam("channel") String channel, @Context SseEventSink sink, @Context Sse sse) {
        sink.send(sse.newEvent("welcome", channel));
        broadcaster(channel).register(sink);
        count(registered, channel).incrementAndGet();
    }

    /** Sends to all of them. */
    @POST
    public void broadcast(@PathParam("channel") String channel, @Context Sse sse, String data) {
        broadcaster(channel).broadcast(sse.newEvent("broadcast", data));
    }

    /** How many are closed. */
    @GET
    @Path("closed")
    @Produces(MediaType.TEXT_PLAIN)
    public String closed(@PathParam("channel") String channel) {
        return count(closed, channel).toString();
    }

    /** How many have been registered. */
    @GET
    @Path("registered")
    @Produces(MediaType.TEXT_PLAIN)
    public String registered(@PathParam("channel") String channel) {
        return count(registered, channel).toString();
    }

    private static AtomicInteger count(Map<String, AtomicInteger> counts, String channel) {
        return counts.computeIfAbsent(channel, none -> new AtomicInteger());
    }

    private SseBroadcaster broadcaster(String name) {
        return broadcasters.computeIfAbsent(name, channel -> {
            SseBroadcaster broadcaster = queue.broadcaster(channel);
            broadcaster.onClose(sink -> count(closed, channel).incrementAndGet());
            return broadcaster;
        });
    }
}
