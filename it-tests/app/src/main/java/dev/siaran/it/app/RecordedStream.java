package dev.siaran.it.app;

import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.concurrent.CountDownLatch;

/** A stream that says one thing and then waits for something else for ever: notes in {@link StreamLog} how it ends. */
@Path("/recorded/{name}")
@ApplicationScoped
public class RecordedStream extends AbstractSseResource {

    @Inject
    StreamLog log;

    @Override
    protected void stream(SseStream out) throws Exception {
        String name = out.request().pathParameter("name").orElseThrow();
        String end = "returned";
        try {
            out.send("hello", name);
            log.put(name, "waiting");
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            end = "interrupted";
            throw e;
        } finally {
            log.put(name, end + ", open=" + out.isOpen());
        }
    }
}
