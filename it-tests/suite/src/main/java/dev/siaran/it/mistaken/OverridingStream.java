package dev.siaran.it.mistaken;

import dev.siaran.AbstractSseQueueResource;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Repeats one annotation, and so loses the others. */
@Path("/overriding/{channel}")
public class OverridingStream extends AbstractSseQueueResource {

    @Override
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(
            SseEventSink sink, Sse sse, Request method, UriInfo uri, HttpHeaders headers, SecurityContext security) {
        super.subscribe(sink, sse, method, uri, headers, security);
    }
}
