package dev.siaran.it.app;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.SseRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.List;

/** A stream whose channel is in a bean of its request. */
@Path("/request-channel")
@RequestScoped
public class RequestChannelStream extends AbstractSseQueueResource {

    @Inject
    RequestChannel channel;

    @Override
    protected List<String> channels(SseRequest request) {
        return List.of(channel.get());
    }
}
