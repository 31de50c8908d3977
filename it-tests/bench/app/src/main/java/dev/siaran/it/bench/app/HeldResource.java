package dev.siaran.it.bench.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Holds streams open and does nothing with them: what a connection costs the container alone. */
@Path("/held/{channel}")
public class HeldResource {

    /** As an application would hold them; without this some containers let an idle stream be collected. */
    private static final Queue<SseEventSink> HELD = new ConcurrentLinkedQueue<>();

    /** Sends a comment, which commits the headers, and keeps the stream. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void hold(@Context SseEventSink sink, @Context Sse sse) {
        HELD.removeIf(SseEventSink::isClosed);
        HELD.add(sink);
        sink.send(sse.newEventBuilder().comment("held").build());
    }
}
