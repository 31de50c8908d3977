package dev.siaran.it.publishing;

import dev.siaran.AbstractSsePublishResource;
import dev.siaran.SseRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import java.util.Optional;

/** For everybody, but for one channel. */
@Path("/open-door")
@ApplicationScoped
public class OpenDoor extends AbstractSsePublishResource {

    @Override
    protected Optional<String> channel(SseRequest request) {
        return request.queryParameter("to");
    }

    @Override
    protected boolean authorize(SseRequest request, String channel) {
        return !channel.equals("closed");
    }
}
