package dev.siaran.it.probe;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What the library has logged in the process, since the probe was deployed. */
@Path("/log")
public class LogResource {

    /** The warnings and errors, each after its level. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String lines() {
        return LogKeeper.lines();
    }
}
