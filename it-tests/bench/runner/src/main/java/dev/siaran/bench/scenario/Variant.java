package dev.siaran.bench.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One load within a scenario.
 *
 * @param name what it is called in reports
 * @param held whether the load goes to the stream that is only held open
 * @param heap whether the heap is looked at when everything is connected and warm, and again at the end
 * @param load options of the load generator
 */
public record Variant(String name, boolean held, boolean heap, Map<String, String> load) {

    static Variant of(String name) {
        return new Variant(name, false, false, Map.of());
    }

    Variant with(String option, Object value) {
        var more = new LinkedHashMap<>(load);
        more.put(option, String.valueOf(value));
        return new Variant(name, held, heap, more);
    }

    Variant withHeap() {
        return new Variant(name, held, true, load);
    }

    Variant onHeldStream() {
        return new Variant(name, true, heap, load);
    }
}
