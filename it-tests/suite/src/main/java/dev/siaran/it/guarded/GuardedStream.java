package dev.siaran.it.guarded;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.SseRequest;
import jakarta.ws.rs.Path;
import java.util.List;

/** Any channel, and more with {@code more=name}, but for what is the resource's secret. */
@Path("/guarded/{channel: .+}")
public class GuardedStream extends AbstractSseQueueResource {

    @Override
    protected List<String> channels(SseRequest request) {
        return java.util.stream.Stream.concat(
                        request.pathParameter("channel").stream(), request.queryParameters("more").stream())
                .toList();
    }

    @Override
    protected boolean authorize(SseRequest request, String channel) {
        return !channel.equals("secret") || request.isUserInRole("reader");
    }
}
