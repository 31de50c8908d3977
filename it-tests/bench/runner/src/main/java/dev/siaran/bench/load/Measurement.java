package dev.siaran.bench.load;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/** One phase that is measured: what was used and delivered between its begin and its end. */
final class Measurement {

    private final ProcessUsage server;
    private final ProcessUsage self = ProcessUsage.ofSelf();
    private final Tally tally;
    private final double cpuBefore;
    private final double selfBefore;
    private final long begin = System.nanoTime();

    /** Begins. */
    Measurement(ProcessUsage server, Tally tally) {
        this.server = server;
        this.tally = tally;
        tally.reset();
        cpuBefore = server.cpuSeconds();
        selfBefore = self.cpuSeconds();
    }

    /** Ends, and writes what was measured. */
    void end(JsonObjectBuilder report) {
        double wall = (System.nanoTime() - begin) / 1e9;
        double flowing = Math.max((tally.lastDelivery() - begin) / 1e9, 1e-9);
        double cpu = server.cpuSeconds() - cpuBefore;
        long deliveries = tally.deliveries();
        report.add("seconds", wall)
                .add("delivered", deliveries)
                .add("cpuPercent", round(cpu / wall * 100))
                .add("rssMegabytes", round(server.residentKilobytes() / 1024.0));
        if (deliveries > 0) {
            report.add("deliveriesPerSecond", Math.round(deliveries / flowing))
                    .add("cpuMicros", round(cpu * 1e6 / deliveries))
                    .add("generatorMicros", round((self.cpuSeconds() - selfBefore) * 1e6 / deliveries))
                    .add("latency", latency());
        }
    }

    private JsonObjectBuilder latency() {
        return Json.createObjectBuilder()
                .add("p50", round(tally.latencyMillis(50)))
                .add("p99", round(tally.latencyMillis(99)))
                .add("p999", round(tally.latencyMillis(99.9)))
                .add("max", round(tally.maxLatencyMillis()));
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
