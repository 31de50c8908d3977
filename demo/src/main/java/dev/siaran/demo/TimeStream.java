package dev.siaran.demo;

import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;

/** A stream of its own: the server's clock. */
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
