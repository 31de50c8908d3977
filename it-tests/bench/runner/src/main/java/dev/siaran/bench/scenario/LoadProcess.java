package dev.siaran.bench.scenario;

import dev.siaran.bench.load.LoadGenerator;
import dev.siaran.bench.server.Lab;
import dev.siaran.bench.server.RunningServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The load generator in a process of its own. */
final class LoadProcess {

    /** Is told that a phase is over; the generator waits meanwhile. */
    interface PauseHandler {

        void paused(String phase) throws IOException;
    }

    private final List<String> command;
    private final List<String> pauses;

    LoadProcess(Lab lab, Variant variant, RunningServer server, boolean replays) {
        // No feed for a load without a pace
        boolean idle = !variant.load().containsKey("rate") && !variant.load().containsKey("window");
        command = new ArrayList<>(
                List.of(Lab.java(), "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-cp", Lab.classPath(lab.build())));
        command.add(LoadGenerator.class.getName());
        command.add("--url=" + (variant.held() ? server.held() : server.stream()));
        if (!idle) {
            command.add("--feed=" + server.feed());
        }
        command.add("--replays=" + replays);
        command.add("--pids="
                + server.process().pids().stream().map(String::valueOf).collect(Collectors.joining(",")));
        for (Map.Entry<String, String> option : variant.load().entrySet()) {
            command.add("--" + option.getKey() + "=" + option.getValue());
        }
        pauses = pauses(variant, idle);
        command.add("--pauses=" + String.join(",", pauses));
    }

    private static List<String> pauses(Variant variant, boolean idle) {
        boolean watched = variant.heap() || variant.isAttacked();
        return !watched ? List.of() : idle ? List.of("measured") : List.of("warm", "measured");
    }

    /**
     * Runs, and returns the report.
     *
     * @param onPause called after each phase that something is done between, while the generator waits
     */
    JsonObject run(PauseHandler onPause) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        JsonObject report = follow(process, onPause);
        if (process.waitFor() != 0 || report == null) {
            throw new IOException("the load generator failed: " + String.join(" ", command));
        }
        Runtime.getRuntime().removeShutdownHook(hook);
        return report;
    }

    private @Nullable JsonObject follow(Process process, PauseHandler onPause) throws IOException {
        JsonObject report = null;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var answers = process.getOutputStream()) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (!line.startsWith(LoadGenerator.PHASE)) {
                    report = Json.createReader(new StringReader(line)).readObject();
                } else if (pauses.contains(line.substring(LoadGenerator.PHASE.length()))) {
                    onPause.paused(line.substring(LoadGenerator.PHASE.length()));
                    answers.write('\n');
                    answers.flush();
                }
            }
        }
        return report;
    }
}
