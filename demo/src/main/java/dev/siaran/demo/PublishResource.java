package dev.siaran.demo;

import dev.siaran.SsePublishException;
import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Fires the body of a request, UTF-8 text of any media type, as an event. */
@RequestScoped
@Path("/publish/{channel}")
public class PublishResource {

    @Inject
    Event<SseQueueEvent> queue;

    /** Answers 204 once the event is fired, 400 if its channel or name is refused, 503 if the broker is away for long. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response publish(
            @PathParam("channel") String channel, @QueryParam("event") @Nullable String name, byte[] data) {
        try {
            queue.fire(SseQueueEvent.of(channel, name, data, StandardCharsets.UTF_8));
            return Response.noContent().build();
        } catch (IllegalArgumentException refused) {
            return answer(Status.BAD_REQUEST, refused);
        } catch (SsePublishException unavailable) {
            return answer(Status.SERVICE_UNAVAILABLE, unavailable);
        }
    }

    private static Response answer(Status status, RuntimeException reason) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .entity(reason.getMessage())
                .build();
    }
}
