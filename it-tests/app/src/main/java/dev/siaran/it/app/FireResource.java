package dev.siaran.it.app;

import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.concurrent.CompletionStage;

/** Fires CDI events; {@code count} events carry {@code data-0}, {@code data-1} and so on. */
@Path("/fire/{channel}")
@RequestScoped
public class FireResource {

    @Inject
    Event<SseQueueEvent> queue;

    @Inject
    Background background;

    @PathParam("channel")
    String channel;

    @QueryParam("name")
    String name;

    @QueryParam("count")
    @DefaultValue("1")
    int count;

    /** On the thread of the request. */
    @POST
    public void fire(String data) {
        fireAll(queue, channel, name, data, count);
    }

    /** On a thread of its own; answers at once. */
    @POST
    @Path("/background")
    public void fireInBackground(String data) {
        // The fields belong to the request, which will be over
        Event<SseQueueEvent> target = queue;
        String toChannel = channel;
        String withName = name;
        int events = count;
        background.run(() -> fireAll(target, toChannel, withName, data, events));
    }

    /** Asynchronously; answers when the observers are done. */
    @POST
    @Path("/async")
    public CompletionStage<String> fireAsync(String data) {
        return queue.fireAsync(SseQueueEvent.of(channel, name, data)).thenApply(event -> "done");
    }

    private static void fireAll(Event<SseQueueEvent> queue, String channel, String name, String data, int count) {
        for (int i = 0; i < count; i++) {
            queue.fire(SseQueueEvent.of(channel, name, count == 1 ? data : data + "-" + i));
        }
    }
}
