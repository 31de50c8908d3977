package dev.siaran.bench.scenario;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the user has chosen.
 *
 * @param quick {@code bench.quick}: seconds and hundreds of clients, to see that everything works
 * @param scenarios {@code bench.scenarios}: names; empty means all
 * @param targets {@code bench.targets}: names; empty means all that are available
 * @param rounds {@code bench.rounds}: how often each is measured
 * @param connections {@code bench.connections}: instead of the scenario's own
 * @param rate {@code bench.rate}: events in a second, instead of the scenario's own
 * @param seconds {@code bench.seconds}: measured in each run, instead of the scenario's own
 * @param warmUp {@code bench.warm-up}: seconds, instead of the scenario's own
 * @param heap {@code bench.heap}: the heap of each Java server
 * @param floor {@code bench.floor}: a program that is the floor
 */
public record Options(
        boolean quick,
        List<String> scenarios,
        List<String> targets,
        int rounds,
        Optional<Integer> connections,
        Optional<Integer> rate,
        Optional<Integer> seconds,
        Optional<Integer> warmUp,
        String heap,
        @Nullable Path floor) {

    private static final String PREFIX = "bench.";

    /** Reads the values of the keys. */
    public static Options read(UnaryOperator<@Nullable String> values) {
        boolean quick =
                text(values, "quick").map(value -> !value.equals("false")).orElse(false);
        return new Options(
                quick,
                list(values, "scenarios"),
                list(values, "targets"),
                number(values, "rounds").orElse(quick ? 1 : 3),
                number(values, "connections"),
                number(values, "rate"),
                number(values, "seconds"),
                number(values, "warm-up"),
                text(values, "heap").orElse("2g"),
                text(values, "floor").map(Path::of).orElse(null));
    }

    private static Optional<String> text(UnaryOperator<@Nullable String> values, String key) {
        return Optional.ofNullable(values.apply(PREFIX + key));
    }

    private static List<String> list(UnaryOperator<@Nullable String> values, String key) {
        return Arrays.stream(text(values, key).orElse("").split("[, ]+"))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Optional<Integer> number(UnaryOperator<@Nullable String> values, String key) {
        return text(values, key).map(value -> {
            if (!value.matches("\\d{1,7}")) {
                throw new IllegalArgumentException(
                        PREFIX + key + " is \"" + value + "\"; allowed is a whole number up to 9999999");
            }
            return Integer.valueOf(value);
        });
    }

    /** The scenario's own number, shorter in a quick run, unless the user has chosen one. */
    int connections(int full, int quickly) {
        return connections.orElse(quick ? quickly : full);
    }

    int rate(int own) {
        return rate.orElse(own);
    }

    int seconds(int full, int quickly) {
        return seconds.orElse(quick ? quickly : full);
    }

    int warmUp(int full, int quickly) {
        return warmUp.orElse(quick ? quickly : full);
    }
}
