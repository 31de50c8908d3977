package dev.siaran.it.bench.baseline;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** A stream as the specification's own examples write it. */
@Path("/sse/{channel}")
public class ChannelResource {

    @Inject
    Channels channels;

    /** Registers the client; the comment makes Jersey send its headers now and not with the first event. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(@PathParam("channel") String channel, @Context SseEventSink sink, @Context Sse sse) {
        sink.send(sse.newEventBuilder().comment("welcome").build());
        channels.register(channel, sink, sse);
    }
}
