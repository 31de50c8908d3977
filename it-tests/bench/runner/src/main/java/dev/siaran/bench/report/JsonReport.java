package dev.siaran.bench.report;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** Everything, for other programs. */
public final class JsonReport {

    private static final List<String> FIGURES = List.of(
            Row.CPU,
            "deliveriesPerSecond",
            "latency/p50",
            "latency/p99",
            "latency/p999",
            "latency/max",
            "rssMegabytes",
            "cpuPercent",
            "returnSeconds");

    private JsonReport() {}

    /** Renders the summary and each single run. */
    public static JsonObject of(Summary summary, List<Outcome> outcomes, JsonObject machine) {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        summary.rows().forEach(row -> rows.add(row(row)));
        JsonArrayBuilder runs = Json.createArrayBuilder();
        outcomes.forEach(outcome -> runs.add(run(outcome)));
        JsonObjectBuilder report = Json.createObjectBuilder().add("machine", machine);
        if (summary.reference() != null) {
            report.add("reference", summary.reference());
        }
        return report.add("summary", rows).add("runs", runs).build();
    }

    private static JsonObjectBuilder row(Row row) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("scenario", row.scenario())
                .add("variant", row.variant())
                .add("target", row.target());
        add(json, "ratio", row.ratio());
        FIGURES.forEach(path -> add(json, path, row.spread(path)));
        return json;
    }

    private static void add(JsonObjectBuilder json, String name, Optional<Spread> figure) {
        figure.ifPresent(spread -> json.add(
                name,
                Json.createObjectBuilder()
                        .add("median", spread.median())
                        .add("min", spread.min())
                        .add("max", spread.max())));
    }

    private static JsonObjectBuilder run(Outcome outcome) {
        return Json.createObjectBuilder()
                .add("scenario", outcome.scenario())
                .add("variant", outcome.variant())
                .add("target", outcome.target())
                .add("round", outcome.round())
                .add("measured", outcome.measured());
    }
}
