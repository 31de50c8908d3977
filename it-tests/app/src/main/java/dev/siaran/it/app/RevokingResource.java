package dev.siaran.it.app;

import dev.siaran.SseAccess;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionStage;

/** Ends streams; answers when the broker has taken the message. The body is the name. */
@Path("/revoke")
@RequestScoped
public class RevokingResource {

    @Inject
    SseAccess access;

    /** The streams of a user. */
    @POST
    @Path("/user")
    public CompletionStage<String> user(String name) {
        return access.revokeUser(name).thenApply(done -> "done");
    }

    /** The streams of a channel. */
    @POST
    @Path("/channel")
    public CompletionStage<String> channel(String name) {
        return access.revokeChannel(name).thenApply(done -> "done");
    }
}
