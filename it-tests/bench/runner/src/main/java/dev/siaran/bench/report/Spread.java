package dev.siaran.bench.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** A figure over repeated rounds. */
record Spread(double median, double min, double max) {

    /** Empty if there is no value. */
    static Optional<Spread> of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(
                new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow()));
    }

    /** {@code 1.04 (0.98..1.11)}, or the one value. */
    String text(int decimals) {
        String format = "%." + decimals + "f";
        String text = String.format(Locale.ROOT, format, median);
        return min == max ? text : String.format(Locale.ROOT, "%s (" + format + ".." + format + ")", text, min, max);
    }
}
