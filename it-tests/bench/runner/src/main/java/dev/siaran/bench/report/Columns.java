package dev.siaran.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the table shows of a row. */
final class Columns {

    static final List<String> TITLES = List.of(
            "target",
            "us/delivery",
            "ratio",
            "deliveries/s",
            "p50 ms",
            "p99 ms",
            "p99.9",
            "max",
            "complete",
            "lost",
            "repeated",
            "reordered",
            "RSS MB",
            "");

    private Columns() {}

    static List<String> of(Row row) {
        if (row.isFailed()) {
            return List.of(row.target(), "failed");
        }
        return List.of(
                row.target(),
                figure(row, Row.CPU, 2),
                row.ratio().map(spread -> spread.text(2)).orElse(""),
                median(row, "deliveriesPerSecond", 0),
                median(row, "latency/p50", 1),
                figure(row, "latency/p99", 1),
                median(row, "latency/p999", 1),
                median(row, "latency/max", 0),
                row.total("complete") + "/" + row.total("clients"),
                count(row, "lost"),
                count(row, "repeated"),
                count(row, "reordered"),
                median(row, "rssMegabytes", 0),
                String.join(", ", notes(row)));
    }

    private static String figure(Row row, String path, int decimals) {
        return row.spread(path).map(spread -> spread.text(decimals)).orElse("");
    }

    private static String median(Row row, String path, int decimals) {
        return row.spread(path)
                .map(spread -> String.format(Locale.ROOT, "%,." + decimals + "f", spread.median()))
                .orElse("");
    }

    private static String mebibytes(Row row, String path) {
        return row.spread(path)
                .map(spread -> String.format(Locale.ROOT, "%,.1f", spread.median() / (1 << 20)))
                .orElse("");
    }

    private static String count(Row row, String path) {
        return row.has(path) ? String.valueOf(row.total(path)) : "";
    }

    private static List<String> notes(Row row) {
        var notes = new ArrayList<String>();
        row.spread("returnSeconds").ifPresent(spread -> notes.add("all back in " + spread.text(1) + " s"));
        if (!row.has(Row.CPU)) {
            row.spread("cpuPercent").ifPresent(spread -> notes.add("CPU " + spread.text(2) + " %"));
        }
        if (row.has("attack/dropped")) {
            notes.add(
                    row.total("attack/dropped") + " dropped, " + row.total("attack/slowLorisCut") + " slow-loris cut");
            notes.add("descriptors " + median(row, "attack/descriptorsBefore", 0) + ", "
                    + median(row, "attack/descriptorsDuring", 0) + ", " + median(row, "attack/descriptorsAfter", 0)
                    + " before, under and after the attack");
            notes.add("heap " + mebibytes(row, "attack/heapBefore") + " and " + mebibytes(row, "attack/heapAfter")
                    + " MiB before and " + median(row, "attack/settledSeconds", 0) + " s after");
        }
        Heap.note(row).ifPresent(notes::add);
        if (row.has("slow/clients")) {
            notes.add(row.total("slow/evicted") + "/" + row.total("slow/clients") + " slow evicted");
            notes.add("they got " + row.total("slow/gaps") + " gaps, lost " + row.total("slow/lost"));
        }
        for (String problem : List.of("refused", "ended", "gaps", "notTaken")) {
            if (row.total(problem) > 0) {
                notes.add(row.total(problem) + " " + problem);
            }
        }
        return notes;
    }
}
