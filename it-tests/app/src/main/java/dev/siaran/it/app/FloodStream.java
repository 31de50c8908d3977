package dev.siaran.it.app;

import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** A stream of 64 KiB events, faster than any client reads: notes in {@link StreamLog} how many it could send. */
@Path("/flood/{name}")
@ApplicationScoped
public class FloodStream extends AbstractSseResource {

    private static final String BLOCK = "x".repeat(64 * 1024);

    @Inject
    StreamLog log;

    @Override
    protected void stream(SseStream out) {
        String name = out.request().pathParameter("name").orElseThrow();
        try {
            for (int sent = 1; out.isOpen(); sent++) {
                out.send("block", BLOCK);
                log.put(name, Integer.toString(sent));
            }
        } finally {
            log.put(name, "ended");
        }
    }
}
