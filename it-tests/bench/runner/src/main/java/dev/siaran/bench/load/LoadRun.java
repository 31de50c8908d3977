package dev.siaran.bench.load;

import dev.siaran.bench.load.Census.State;
import dev.siaran.it.load.Loop;
import dev.siaran.it.load.Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** One run, from the first connection to the report. */
final class LoadRun implements AutoCloseable {

    private static final Duration PRIMING = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final LoadPlan plan;
    private final Consumer<String> phaseDone;
    private final Loop loop = new Loop();
    private final Tally tally = new Tally();
    private final Crowd crowd;
    private final ProcessUsage server;
    private final JsonObjectBuilder report = Json.createObjectBuilder();

    /**
     * Prepares.
     *
     * @param phaseDone called between phases with the name of the one that is over
     */
    LoadRun(LoadPlan plan, Consumer<String> phaseDone) throws IOException {
        this.plan = plan;
        this.phaseDone = phaseDone;
        crowd = new Crowd(loop, Server.at(plan.url()), tally, plan.connections(), plan.slow());
        server = ProcessUsage.of(plan.pids());
    }

    /** Runs. */
    JsonObject run() throws IOException {
        long begin = System.nanoTime();
        crowd.connect(crowd.members(), true, this::read);
        report.add("connectSeconds", (System.nanoTime() - begin) / 1e9);
        phaseDone.accept("connected");
        Protocol protocol = plan.protocol();
        if (protocol == null) {
            idle();
        } else {
            busy(new Feed(loop, protocol, plan.size()));
        }
        return report.build();
    }

    private void read() {
        loop.turn(1);
    }

    private void read(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            loop.turn(50);
        }
    }

    private void idle() {
        read(plan.warmUp());
        var measurement = new Measurement(server, tally);
        read(plan.measured());
        measurement.end(report);
        phaseDone.accept("measured");
        Census census = crowd.census();
        report.add("clients", plan.connections())
                .add("complete", census.all(State.OPEN))
                .add("refused", census.all(State.REFUSED))
                .add("ended", census.all(State.ENDED));
    }

    private void busy(Feed feed) {
        var traffic = new Traffic(loop, feed, plan, crowd, tally);
        traffic.prime(PRIMING);
        // A closed loop counts deliveries from its begin
        tally.reset();
        traffic.flow(plan.warmUp());
        traffic.drain();
        phaseDone.accept("warm");
        traffic.flow(plan.again());
        traffic.drain();
        measure(traffic);
        phaseDone.accept("measured");
        if (plan.slow() > 0) {
            report.add("slow", new SlowReturn(crowd, traffic, plan.replays()).run(SETTLING));
        }
        report.add("published", feed.published()).add("notTaken", feed.refused());
        Correctness.report(crowd, feed.published(), report);
    }

    private void measure(Traffic traffic) {
        var measurement = new Measurement(server, tally);
        if (plan.behind() > 0) {
            report.add("returnSeconds", new MassReturn(crowd, traffic, plan.behind()).run(plan.measured()));
        } else {
            traffic.flow(plan.measured());
        }
        traffic.drain();
        measurement.end(report);
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }
}
