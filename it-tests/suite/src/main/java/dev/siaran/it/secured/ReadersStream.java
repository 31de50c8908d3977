package dev.siaran.it.secured;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.SseRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;
import java.util.List;

/** For readers: the channel of the path, and the one that is named after the user. */
@Path("/readers/{channel}")
@RolesAllowed("reader")
public class ReadersStream extends AbstractSseQueueResource {

    @Override
    protected List<String> channels(SseRequest request) {
        return List.of(
                request.pathParameter("channel").orElseThrow(),
                "user-" + request.principal().orElseThrow().getName());
    }
}
