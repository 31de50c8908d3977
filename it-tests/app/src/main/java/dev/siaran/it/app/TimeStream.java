package dev.siaran.it.app;

import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;

/** The class of the manual, as printed there: no scope, no injection. */
@Path("/time")
public class TimeStream extends AbstractSseResource {

    @Override
    protected void stream(SseStream out) throws Exception {
        while (out.isOpen()) {
            out.send("time", Instant.now());
            out.pause(Duration.ofSeconds(1));
        }
    }
}
