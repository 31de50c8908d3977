package dev.siaran.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CPU per delivery as bars, one group for each variant that has one, with the spread as a line. The colours stand out on
 * white and on black; there is no background.
 */
public final class Chart {

    private static final int WIDTH = 760;
    private static final int LABEL = 150;
    private static final int BAR_SPACE = 430;
    private static final int LINE = 24;
    private static final int HEADING = 40;

    private static final String OWN = "#2f81f7";
    private static final String OTHER = "#8b949e";
    private static final String TEXT = "#7d8590";

    private static final String STYLE = """
            <style>text{font:13px system-ui,sans-serif;fill:%s}.t{font-weight:600;font-size:15px}.h{font-weight:600}\
            .l{text-anchor:end}</style>
            """.formatted(TEXT);

    private final StringBuilder svg = new StringBuilder();
    private int y = HEADING;

    private Chart() {}

    /**
     * Draws.
     *
     * @param titles of the scenarios, by their names
     */
    public static String of(Summary summary, Map<String, String> titles) {
        Map<String, List<Row>> groups = summary.rows().stream()
                .filter(row -> row.spread(Row.CPU).isPresent())
                .collect(Collectors.groupingBy(
                        row -> titles.getOrDefault(row.scenario(), row.scenario()) + ", " + row.variant(),
                        java.util.LinkedHashMap::new,
                        Collectors.toList()));
        var chart = new Chart();
        chart.text(0, 18, "t", "Server CPU for one event to one client, microseconds (less is better)");
        groups.forEach(chart::group);
        int height = chart.y + 8;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height
                + "\" role=\"img\" aria-label=\"Server CPU per delivered event\">\n" + STYLE + chart.svg + "</svg>\n";
    }

    private void group(String title, List<Row> rows) {
        double scale = rows.stream()
                .mapToDouble(row -> row.spread(Row.CPU).orElseThrow().max())
                .max()
                .orElseThrow();
        text(0, y + 18, "h", title);
        y += LINE + 4;
        for (Row row : rows) {
            bar(row, BAR_SPACE / scale);
            y += LINE;
        }
        y += 14;
    }

    private void bar(Row row, double scale) {
        Spread cpu = row.spread(Row.CPU).orElseThrow();
        boolean own = List.of("embedded", "wildfly", "payara").contains(row.target());
        text(LABEL - 10, y + 16, "l", (own ? "Siaran, " : "") + row.target());
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\" fill=\"%s\"/>%n",
                LABEL, y + 3, cpu.median() * scale, own ? OWN : OTHER);
        if (cpu.max() > cpu.min()) {
            add(
                    "<path d=\"M%.1f %dH%.1f\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                    LABEL + cpu.min() * scale, y + 11, LABEL + cpu.max() * scale, TEXT);
        }
        String ratio = row.ratio()
                .map(spread -> String.format(Locale.ROOT, "  (%.2fx)", spread.median()))
                .orElse("");
        int x = (int) (LABEL + cpu.max() * scale) + 8;
        text(x, y + 16, "v", String.format(Locale.ROOT, "%.2f", cpu.median()) + ratio);
    }

    private void text(int x, int baseline, String style, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        add("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>%n", x, baseline, style, escaped);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
