package dev.siaran.it.app;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.SseRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.List;

/** A stream whose channel is what its session has chosen before. */
@Path("/session/stream")
@RequestScoped
public class SessionStream extends AbstractSseQueueResource {

    @Inject
    SessionChannel session;

    @Override
    protected List<String> channels(SseRequest request) {
        return List.of(session.get());
    }
}
