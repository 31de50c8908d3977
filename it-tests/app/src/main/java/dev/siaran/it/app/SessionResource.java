package dev.siaran.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Chooses the channel of a session. */
@Path("/session")
@RequestScoped
public class SessionResource {

    @Inject
    SessionChannel session;

    /** The body is the channel's name. */
    @POST
    public void choose(String channel) {
        session.set(channel);
    }
}
