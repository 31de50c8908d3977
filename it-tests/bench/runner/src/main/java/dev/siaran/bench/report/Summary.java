package dev.siaran.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All rounds of everything.
 *
 * @param reference the target that the others are compared with, null if there is none
 */
public record Summary(List<Row> rows, @Nullable String reference) {

    /** What is compared with, best first. */
    private static final List<String> REFERENCES = List.of("floor", "baseline-wildfly", "baseline-payara");

    /** Groups outcomes, in their order. */
    public static Summary of(List<Outcome> outcomes) {
        String reference = REFERENCES.stream()
                .filter(name ->
                        outcomes.stream().anyMatch(outcome -> outcome.target().equals(name)))
                .findFirst()
                .orElse(null);
        var rows = new ArrayList<Row>();
        for (Outcome outcome : outcomes) {
            if (rows.stream().noneMatch(row -> isIn(row, outcome))) {
                rows.add(row(outcome, outcomes, reference));
            }
        }
        return new Summary(List.copyOf(rows), reference);
    }

    private static boolean isIn(Row row, Outcome outcome) {
        return row.rounds().contains(outcome);
    }

    private static Row row(Outcome first, List<Outcome> outcomes, @Nullable String reference) {
        Predicate<Outcome> variant = other ->
                other.scenario().equals(first.scenario()) && other.variant().equals(first.variant());
        Stream<Outcome> rounds =
                outcomes.stream().filter(variant).filter(other -> other.target().equals(first.target()));
        Stream<Outcome> references =
                outcomes.stream().filter(variant).filter(other -> other.target().equals(reference));
        return new Row(first.scenario(), first.variant(), first.target(), rounds.toList(), references.toList());
    }
}
