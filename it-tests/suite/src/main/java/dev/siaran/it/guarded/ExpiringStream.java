package dev.siaran.it.guarded;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.SseRequest;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Optional;

/** What the client has shown expires in so many milliseconds. */
@Path("/expiring/{channel}")
public class ExpiringStream extends AbstractSseQueueResource {

    @Override
    protected Optional<Instant> expires(SseRequest request) {
        return request.queryParameter("in").map(millis -> Instant.now().plusMillis(Long.parseLong(millis)));
    }
}
