package dev.siaran.bench.report;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What everything ran on. */
public final class Machine {

    private Machine() {}

    /** Describes it. */
    public static JsonObject describe() {
        return Json.createObjectBuilder()
                .add("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .add("cpu", cpu())
                .add("cores", Runtime.getRuntime().availableProcessors())
                .add("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .add("java", System.getProperty("java.runtime.version"))
                .build();
    }

    private static String cpu() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
