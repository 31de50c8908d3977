package dev.siaran.it.probe;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;

/** The live threads of the process. */
@Path("/threads")
public class ThreadsResource {

    /** The names that begin with a prefix, one on a line. */
    @GET
    @Path("/{prefix}")
    @Produces(MediaType.TEXT_PLAIN)
    public String named(@PathParam("prefix") String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
