package dev.siaran.bench.report;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.OptionalDouble;

/**
 * One run.
 *
 * @param measured the load generator's report, with what else was measured; only {@code failure} if it failed
 */
public record Outcome(String scenario, String variant, String target, int round, JsonObject measured) {

    /** A number by its path, such as {@code latency/p99}. */
    OptionalDouble number(String path) {
        JsonValue value = measured;
        for (String name : path.split("/")) {
            value = value instanceof JsonObject object ? object.get(name) : null;
        }
        return value instanceof JsonNumber number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    boolean isFailed() {
        return measured.containsKey("failure");
    }
}
