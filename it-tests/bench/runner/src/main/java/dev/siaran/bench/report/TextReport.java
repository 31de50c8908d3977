package dev.siaran.bench.report;

import java.util.Map;

/** The table on the console. */
public final class TextReport {

    private TextReport() {}

    /**
     * Renders everything.
     *
     * @param titles of the scenarios, by their names
     */
    public static String of(Summary summary, Map<String, String> titles) {
        var table = new Table(Columns.TITLES);
        String group = "";
        for (Row row : summary.rows()) {
            String next = row.scenario() + ": " + titles.getOrDefault(row.scenario(), "") + ", " + row.variant();
            if (!next.equals(group)) {
                table.heading(next);
                group = next;
            }
            table.add(Columns.of(row));
        }
        String compared = summary.reference() == null
                ? ""
                : "ratio: CPU per delivery against " + summary.reference() + " in the same round; ";
        return table.render() + "\n" + compared + "figures are the median (lowest..highest) of all rounds, counts"
                + " their sum.\n";
    }
}
