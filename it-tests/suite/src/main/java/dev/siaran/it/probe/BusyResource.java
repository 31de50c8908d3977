package dev.siaran.it.probe;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.TimeUnit;

/** Keeps the thread of a request for a while. */
@Path("/busy")
public class BusyResource {

    /** As many of these at the same time as the server has threads are on every thread. */
    @GET
    public String beBusy() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(50);
        return "done";
    }
}
