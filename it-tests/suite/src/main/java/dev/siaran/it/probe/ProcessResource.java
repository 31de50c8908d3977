package dev.siaran.it.probe;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Which process this is. */
@Path("/process")
public class ProcessResource {

    /** Its id. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public long id() {
        return ProcessHandle.current().pid();
    }
}
