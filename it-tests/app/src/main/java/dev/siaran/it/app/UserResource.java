package dev.siaran.it.app;

import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Tells one user something. */
@Path("/to-user/{name}")
@RequestScoped
public class UserResource {

    @Inject
    Event<SseQueueEvent> queue;

    @PathParam("name")
    String name;

    /** Fires an event for the user's private channel. */
    @POST
    public void fire(String data) {
        queue.fire(SseQueueEvent.toUser(name, "message", data));
    }
}
