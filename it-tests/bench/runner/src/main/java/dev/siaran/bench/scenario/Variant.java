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
 * @param attack options of the attack while it is measured; empty for none
 */
public record Variant(String name, boolean held, boolean heap, Map<String, String> load, Map<String, String> attack) {

    static Variant of(String name) {
        return new Variant(name, false, false, Map.of(), Map.of());
    }

    Variant with(String option, Object value) {
        var more = new LinkedHashMap<>(load);
        more.put(option, String.valueOf(value));
        return new Variant(name, held, heap, more, attack);
    }

    Variant withHeap() {
        return new Variant(name, held, true, load, attack);
    }

    Variant onHeldStream() {
        return new Variant(name, true, heap, load, attack);
    }

    Variant under(Map<String, String> attackers) {
        return new Variant(name, held, heap, load, attackers);
    }

    boolean isAttacked() {
        return !attack.isEmpty();
    }
}
