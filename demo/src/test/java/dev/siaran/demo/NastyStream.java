package dev.siaran.demo;

import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.ws.rs.Path;
import java.time.Duration;

/** For the test: all the nasty events, each with its id and after a comment, by an application's own stream. */
@Path("/nasty")
public class NastyStream extends AbstractSseResource {

    @Override
    protected void stream(SseStream out) throws Exception {
        for (NastyEvents.Sent each : NastyEvents.all()) {
            out.comment(each.name());
            if (NastyEvents.isSingleLine(each.id()) && !each.id().isEmpty()) {
                out.id(each.id());
            }
            out.send(NastyEvents.isSingleLine(each.name()) ? each.name() : null, each.data());
        }
        out.send(NastyEvents.END, "");
        while (out.isOpen()) {
            out.pause(Duration.ofMinutes(1));
        }
    }
}
