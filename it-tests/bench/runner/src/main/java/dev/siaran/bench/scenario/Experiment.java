package dev.siaran.bench.scenario;

import dev.siaran.bench.report.Outcome;
import dev.siaran.bench.server.Lab;
import dev.siaran.bench.server.RunningServer;
import dev.siaran.bench.server.Target;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs one scenario on its targets: round by round, so that what the machine does otherwise falls on all alike. */
public final class Experiment implements AutoCloseable {

    private final Lab lab;
    private final Scenario scenario;
    private final List<Target> targets;
    private final Consumer<String> progress;
    private final Map<Target, RunningServer> running = new LinkedHashMap<>();
    private final List<Target> broken = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    /** Prepares. */
    public Experiment(Lab lab, Scenario scenario, List<Target> targets, Consumer<String> progress) {
        this.lab = lab;
        this.scenario = scenario;
        this.targets = targets.stream().filter(scenario.suits()).toList();
        this.progress = progress;
    }

    /** Runs every variant on every target, so many times. */
    public List<Outcome> run(int rounds) throws InterruptedException {
        for (Variant variant : scenario.variants()) {
            for (int round = 1; round <= rounds; round++) {
                for (Target target : targets) {
                    runSafely(variant, target, round);
                }
            }
        }
        return outcomes;
    }

    private void runSafely(Variant variant, Target target, int round) throws InterruptedException {
        if (broken.contains(target)) {
            return;
        }
        progress.accept(scenario.name() + ", " + variant.name() + ", round " + round + ": " + target.name());
        JsonObject measured;
        try {
            measured = runOnce(variant, target);
        } catch (IOException | RuntimeException e) {
            broken.add(target);
            stop(target);
            measured = Json.createObjectBuilder()
                    .add("failure", String.valueOf(e.getMessage()))
                    .build();
            progress.accept(target.name() + " failed: " + e);
        }
        outcomes.add(new Outcome(scenario.name(), variant.name(), target.name(), round, measured));
    }

    private JsonObject runOnce(Variant variant, Target target) throws IOException, InterruptedException {
        RunningServer server = running.get(target);
        if (server == null) {
            server = target.start(lab, scenario.keys());
            running.put(target, server);
        }
        JsonObject measured = load(variant, target, server);
        if (scenario.fresh()) {
            stop(target);
        }
        return measured;
    }

    private JsonObject load(Variant variant, Target target, RunningServer server)
            throws IOException, InterruptedException {
        if (variant.isAttacked()) {
            return attacked(variant, target, server);
        }
        JsonObjectBuilder heap = Json.createObjectBuilder();
        if (variant.heap()) {
            probe(server, "start", heap);
        }
        JsonObject load =
                new LoadProcess(lab, variant, server, target.replays()).run(phase -> probe(server, phase, heap));
        return variant.heap() ? Json.createObjectBuilder(load).add("heap", heap).build() : load;
    }

    /** What is measured, between "warm" and "measured", is measured under the attack. */
    private JsonObject attacked(Variant variant, Target target, RunningServer server)
            throws IOException, InterruptedException {
        var attacks = new ArrayList<Attack>();
        JsonObjectBuilder report = Json.createObjectBuilder();
        try {
            JsonObject load = new LoadProcess(lab, variant, server, target.replays()).run(phase -> {
                if (attacks.isEmpty()) {
                    attacks.add(Attack.begin(lab, server, variant.attack()));
                } else {
                    report.add("attack", attacks.get(0).end());
                }
            });
            return report.addAll(Json.createObjectBuilder(load)).build();
        } finally {
            attacks.forEach(Attack::close);
        }
    }

    private static void probe(RunningServer server, String phase, JsonObjectBuilder heap) {
        HeapProbe.liveBytes(server.process()).ifPresent(bytes -> heap.add(phase, bytes));
    }

    private void stop(Target target) {
        RunningServer server = running.remove(target);
        if (server != null) {
            server.close();
        }
    }

    /** Ends the servers. */
    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::stop);
    }
}
