package dev.siaran.bench.report;

import java.util.List;
import java.util.Optional;

/** What the heap says about a row. */
final class Heap {

    private Heap() {}

    static Optional<String> note(Row row) {
        if (row.has("heap/warm")) {
            return growth(row.rounds(), "heap/warm", 1 << 20).map(spread -> "heap growth " + spread.text(1) + " MiB");
        }
        return growth(row.rounds(), "heap/start", 0).map(spread -> "heap " + spread.text(2) + " kB/client");
    }

    /** How much more is alive at the end; in units, or for each client in kilobytes. */
    private static Optional<Spread> growth(List<Outcome> rounds, String from, double unit) {
        return Spread.of(rounds.stream()
                .filter(outcome -> outcome.number(from).isPresent()
                        && outcome.number("heap/measured").isPresent())
                .mapToDouble(outcome -> {
                    double bytes = outcome.number("heap/measured").getAsDouble()
                            - outcome.number(from).getAsDouble();
                    double clients = Math.max(1, outcome.number("clients").orElse(1));
                    return bytes / (unit > 0 ? unit : clients * 1000);
                }));
    }
}
