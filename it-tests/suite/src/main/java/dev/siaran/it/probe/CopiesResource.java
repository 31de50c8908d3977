package dev.siaran.it.probe;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is in the heap of the process, and how many times: each class loader of an application has classes of its own. */
@Path("/copies")
public class CopiesResource {

    /** How many class loaders still hold instances of a class, after a full collection. */
    @GET
    @Path("/{class}")
    @Produces(MediaType.TEXT_PLAIN)
    public long of(@PathParam("class") String name) throws JMException {
        return instances(name).count();
    }

    /** How many instances there are of a class, after a full collection. */
    @GET
    @Path("/{class}/instances")
    @Produces(MediaType.TEXT_PLAIN)
    public long instancesOf(@PathParam("class") String name) throws JMException {
        return instances(name).sum();
    }

    /** A number for each class loader. */
    private static LongStream instances(String name) throws JMException {
        return histogram()
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(name))
                .mapToLong(columns -> Long.parseLong(columns[1]));
    }

    /** A line for each class of each loader; taken after a collection, as long as not told otherwise. */
    private static String histogram() throws JMException {
        var diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(diagnostics, "gcClassHistogram", new Object[] {new String[0]}, new String[] {
                    String[].class.getName()
                });
    }
}
