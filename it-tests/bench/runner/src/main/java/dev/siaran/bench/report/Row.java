package dev.siaran.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All rounds of one target in one variant.
 *
 * @param reference the rounds of the target that it is compared with, of the same variant; empty if there are none
 */
record Row(String scenario, String variant, String target, List<Outcome> rounds, List<Outcome> reference) {

    static final String CPU = "cpuMicros";

    Optional<Spread> spread(String path) {
        return Spread.of(rounds.stream()
                .map(outcome -> outcome.number(path))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble));
    }

    /** CPU per delivery against the reference of the same round. */
    Optional<Spread> ratio() {
        return Spread.of(rounds.stream()
                .flatMap(outcome -> reference.stream()
                        .filter(other -> other.round() == outcome.round())
                        .flatMap(other -> ratio(outcome, other).stream()))
                .mapToDouble(Double::doubleValue));
    }

    private static Optional<Double> ratio(Outcome outcome, Outcome other) {
        OptionalDouble mine = outcome.number(CPU);
        OptionalDouble theirs = other.number(CPU);
        return mine.isPresent() && theirs.isPresent() && theirs.getAsDouble() > 0
                ? Optional.of(mine.getAsDouble() / theirs.getAsDouble())
                : Optional.empty();
    }

    /** A count, over all rounds. */
    long total(String path) {
        return (long) rounds.stream()
                .map(outcome -> outcome.number(path))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .sum();
    }

    boolean has(String path) {
        return rounds.stream().anyMatch(outcome -> outcome.number(path).isPresent());
    }

    boolean isFailed() {
        return rounds.stream().anyMatch(Outcome::isFailed);
    }
}
