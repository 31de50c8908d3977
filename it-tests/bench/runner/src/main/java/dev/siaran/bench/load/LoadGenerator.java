package dev.siaran.bench.load;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A process that loads one server: {@code LoadGenerator --url=http://127.0.0.1:8080/sse/news --feed=redis://127.0.0.1:6379/news
 * --connections=1000 --window=4 --seconds=10 --pids=1234}. Every option is a component of {@link LoadPlan}.
 *
 * <p>On the standard output a line {@code phase NAME} after each phase, and at the end the report, one line of JSON. After
 * the phases of {@code --pauses=warm,measured} it waits for a line on the standard input.
 */
public final class LoadGenerator {

    /** What a line begins with that says that a phase is over. */
    public static final String PHASE = "phase ";

    private LoadGenerator() {}

    /** Runs once. */
    public static void main(String... arguments) throws IOException {
        LoadPlan plan = LoadPlan.parse(arguments);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        JsonObject report;
        try (var run = new LoadRun(plan, phase -> over(phase, plan, input))) {
            report = run.run();
        }
        System.out.println(report);
    }

    private static void over(String phase, LoadPlan plan, BufferedReader input) {
        System.out.println(PHASE + phase);
        if (plan.pauses().contains(phase)) {
            try {
                input.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
