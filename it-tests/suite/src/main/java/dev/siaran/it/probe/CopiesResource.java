package dev.siaran.it.probe;

import dev.siaran.it.app.ClassHistogram;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import javax.management.JMException;

/** Which classes are in the heap of the process more than once: each class loader of an application has its own. */
@Path("/copies")
public class CopiesResource {

    /** How many class loaders still hold instances of a class, after a full collection. */
    @GET
    @Path("/{class}")
    @Produces(MediaType.TEXT_PLAIN)
    public long of(@PathParam("class") String name) throws JMException {
        return ClassHistogram.instances(name).count();
    }
}
