package dev.siaran.bench;

import dev.siaran.bench.report.Chart;
import dev.siaran.bench.report.JsonReport;
import dev.siaran.bench.report.Machine;
import dev.siaran.bench.report.Outcome;
import dev.siaran.bench.report.Summary;
import dev.siaran.bench.report.TextReport;
import dev.siaran.bench.scenario.Experiment;
import dev.siaran.bench.scenario.Options;
import dev.siaran.bench.scenario.Scenario;
import dev.siaran.bench.scenario.Scenarios;
import dev.siaran.bench.server.Lab;
import dev.siaran.bench.server.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Measures what {@link Options} choose, and reports. */
public final class Benchmark {

    /** The scenario that needs no server. */
    private static final String MICRO = "micro";

    private final Path build;
    private final Path output;
    private final Options options;
    private final List<Outcome> outcomes = new ArrayList<>();

    private Benchmark(Path build, Path output, Options options) {
        this.build = build;
        this.output = output;
        this.options = options;
    }

    /** Runs; the arguments are the module's build directory and where reports go. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createDirectories(Path.of(arguments[1]).normalize());
        new Benchmark(Path.of(arguments[0]), output, Options.read(System::getProperty)).run();
    }

    private void run() throws IOException, InterruptedException {
        List<Scenario> scenarios = chosen(new Scenarios(options).all(), options.scenarios(), Scenario::name);
        if (options.scenarios().contains(MICRO)) {
            MicroBenchmarks.run(build, output.resolve("micro.json"), options.quick());
        }
        if (scenarios.isEmpty()) {
            return;
        }
        try (Lab lab = Lab.open(build, options.heap(), options.floor())) {
            List<Target> targets = chosen(Target.all(), options.targets(), Target::name).stream()
                    .filter(target -> target.isAvailable(lab))
                    .toList();
            for (Scenario scenario : scenarios) {
                try (var experiment = new Experiment(lab, scenario, targets, System.err::println)) {
                    outcomes.addAll(experiment.run(options.rounds()));
                }
                // What there is, in case that the rest is interrupted
                report(scenarios);
            }
        }
        System.out.println();
        System.out.print(Files.readString(output.resolve("bench.txt")));
        System.out.println("Written to " + output);
    }

    private static <T> List<T> chosen(List<T> all, List<String> names, Function<T, String> name) {
        List<String> known = all.stream().map(name).toList();
        for (String wanted : names) {
            if (!known.contains(wanted) && !wanted.equals(MICRO)) {
                throw new IllegalArgumentException(
                        "there is no \"" + wanted + "\"; allowed are " + String.join(", ", known));
            }
        }
        return all.stream()
                .filter(item -> names.isEmpty() || names.contains(name.apply(item)))
                .toList();
    }

    private void report(List<Scenario> scenarios) throws IOException {
        Map<String, String> titles = scenarios.stream().collect(Collectors.toMap(Scenario::name, Scenario::title));
        Summary summary = Summary.of(outcomes);
        Files.writeString(output.resolve("bench.txt"), TextReport.of(summary, titles));
        Files.writeString(
                output.resolve("bench.json"),
                JsonReport.of(summary, outcomes, Machine.describe()).toString());
        Files.writeString(output.resolve("bench.svg"), Chart.of(summary, titles));
    }
}
