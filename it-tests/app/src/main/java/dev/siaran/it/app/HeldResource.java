package dev.siaran.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests that are served for as long as a test likes. */
@Path("/held")
@ApplicationScoped
@Produces(MediaType.TEXT_PLAIN)
public class HeldResource {

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();

    /** Keeps its thread until it is released, or after a while. */
    @GET
    public String hold() throws InterruptedException {
        count.incrementAndGet();
        return released.await(20, TimeUnit.SECONDS) ? "released" : "forgotten";
    }

    /** How many requests have been held. */
    @GET
    @Path("/count")
    public int count() {
        return count.get();
    }

    /** Lets them go on. */
    @DELETE
    public void release() {
        released.countDown();
    }
}
