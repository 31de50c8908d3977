package dev.siaran.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of cells in columns that are as wide as needed: the first and the last to the left, figures to the right. */
final class Table {

    private static final String SPACE = "  ";

    private final List<String> titles;
    private final List<List<String>> lines = new ArrayList<>();

    Table(List<String> titles) {
        this.titles = titles;
    }

    /** Adds a line; cells that are missing at its end are empty. */
    Table add(List<String> cells) {
        lines.add(cells);
        return this;
    }

    /** Adds a line of text that does not widen a column. */
    Table heading(String text) {
        lines.add(List.of("", text));
        return this;
    }

    private static boolean isHeading(List<String> line) {
        return line.get(0).isEmpty();
    }

    String render() {
        int[] widths = IntStream.range(0, titles.size()).map(this::width).toArray();
        var text = new StringBuilder(line(titles, widths)).append('\n');
        text.append("-".repeat(line(titles, widths).length())).append('\n');
        for (List<String> cells : lines) {
            text.append(isHeading(cells) ? "\n" + cells.get(1) : line(cells, widths));
            text.append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream()
                .filter(line -> !isHeading(line) && line.size() > column)
                .mapToInt(line -> line.get(column).length())
                .reduce(titles.get(column).length(), Math::max);
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            boolean left = i == 0 || i == widths.length - 1;
            String cell = cells.get(i);
            String fill = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : SPACE).append(left ? cell + fill : fill + cell);
        }
        return line.toString().stripTrailing();
    }
}
