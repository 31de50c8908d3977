package dev.siaran.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** Publishes numbered events at a pace, in the background, until it is told to stop. */
@Path("/series/{name}")
@RequestScoped
public class SeriesResource {

    @Inject
    SeriesRuns runs;

    @PathParam("name")
    String name;

    /**
     * Begins.
     *
     * @param rate events in a second
     * @param from the number of the first one
     * @param count how many there are at most
     * @param channels 1 for one channel, of the series' name; else so many, {@code name-0} and so on, in turn, each with
     *     numbers of its own
     * @param fire whether they are fired as CDI events, else published through the queue
     */
    @POST
    public void start(
            @QueryParam("rate") double rate,
            @QueryParam("from") long from,
            @QueryParam("count") @DefaultValue("" + Long.MAX_VALUE) long count,
            @QueryParam("channels") @DefaultValue("1") int channels,
            @QueryParam("fire") boolean fire) {
        runs.start(new Series(name, rate, from, count, channels, fire));
    }

    /** Ends: when this is answered, nothing more is published. */
    @DELETE
    public String stop() throws InterruptedException {
        return runs.stop(name);
    }

    /** What has become of the events: {@code published accepted refused}. */
    @GET
    public String progress() {
        return runs.progress(name);
    }
}
