package dev.siaran.it.crowd;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.SseRequest;
import jakarta.ws.rs.Path;
import java.util.List;

/** The channel of who is logged in, or the one of {@code channel}, which is refused to everybody else. */
@Path("/crowd/stream")
public class CrowdStream extends AbstractSseQueueResource {

    @Override
    protected List<String> channels(SseRequest request) {
        return List.of(request.queryParameter("channel").orElseGet(request::privateChannel));
    }
}
