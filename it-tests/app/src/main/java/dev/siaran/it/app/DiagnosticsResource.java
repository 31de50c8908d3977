package dev.siaran.it.app;

import dev.siaran.internal.http.SseServer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.File;

/** What a test cannot see from outside. */
@Path("/diagnostics")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class DiagnosticsResource {

    @Inject
    StreamLog log;

    /** What has become of a stream. */
    @GET
    @Path("/stream/{name}")
    public String stream(@PathParam("name") String name) {
        return log.get(name);
    }

    /** How many streams the library believes to be open. */
    @GET
    @Path("/connections")
    public int connections() {
        return SseServer.current().openConnections();
    }

    /** How many responses of the server the library has not seen the end of. */
    @GET
    @Path("/responses")
    public int responses() {
        return SseServer.current().openResponses();
    }

    /** How many descriptors the server's process has open; -1 where there is no {@code /proc}. */
    @GET
    @Path("/descriptors")
    public int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? -1 : open.length;
    }

    /** The bytes in use on the heap, after a collection. */
    @GET
    @Path("/heap")
    public long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
