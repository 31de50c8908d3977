package dev.siaran.it.guarded;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.SseRequest;
import jakarta.ws.rs.Path;
import java.util.List;

/** The channel of who is logged in. */
@Path("/own")
public class OwnStream extends AbstractSseQueueResource {

    @Override
    protected List<String> channels(SseRequest request) {
        return List.of("news", request.privateChannel());
    }
}
