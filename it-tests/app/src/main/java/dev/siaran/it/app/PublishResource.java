package dev.siaran.it.app;

import dev.siaran.SseQueue;
import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Publishes through the injected queue and answers with the id; what is refused is a 400 with the reason. */
@Path("/publish/{channel}")
@RequestScoped
public class PublishResource {

    @Inject
    SseQueue queue;

    /** Publishes the body. */
    @POST
    public CompletionStage<String> publish(
            @PathParam("channel") String channel, @QueryParam("name") String name, String data) {
        return queue.publish(event(channel, name, data));
    }

    private static SseQueueEvent event(String channel, String name, String data) {
        try {
            return SseQueueEvent.of(channel, name, data);
        } catch (IllegalArgumentException e) {
            throw new WebApplicationException(Response.status(400)
                    .entity(e.getMessage())
                    .type("text/plain")
                    .build());
        }
    }
}
