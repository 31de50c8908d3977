package dev.siaran.it.plain;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Says one thing and leaves the sink open. */
@Path("/plain")
@RequestScoped
public class PlainStream {

    /** Is in the heap as long as the class loader of the application. */
    private enum Greeting {
        HELLO
    }

    @Inject
    PlainSinks sinks;

    /** Opens a stream. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(@Context SseEventSink sink, @Context Sse sse) {
        sink.send(sse.newEvent(Greeting.HELLO.name()));
        sinks.add(sink);
    }
}
