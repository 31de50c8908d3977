package dev.siaran.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static Outcome outcome(String target, int round, double cpu) {
        return new Outcome(
                "closed",
                "10 clients",
                target,
                round,
                Json.createObjectBuilder()
                        .add("cpuMicros", cpu)
                        .add("complete", 10)
                        .add("clients", 10)
                        .add("latency", Json.createObjectBuilder().add("p99", cpu * 10))
                        .build());
    }

    private final Summary summary = Summary.of(List.of(
            outcome("floor", 1, 2),
            outcome("wildfly", 1, 1),
            outcome("floor", 2, 4),
            outcome("wildfly", 2, 3),
            outcome("wildfly", 3, 9)));

    private Row row(String target) {
        return summary.rows().stream()
                .filter(row -> row.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRatioIsTakenWithinEachRound() {
        assertEquals(Optional.of(new Spread(0.625, 0.5, 0.75)), row("wildfly").ratio());
        assertEquals(Optional.of(new Spread(1, 1, 1)), row("floor").ratio());
    }

    @Test
    void aFigureIsTheMedianOfAllRounds() {
        assertEquals(Optional.of(new Spread(30, 10, 90)), row("wildfly").spread("latency/p99"));
        assertEquals(30, row("wildfly").total("complete"));
    }

    @Test
    void aSpreadIsShownOnlyIfThereIsOne() {
        assertEquals(
                "1.50 (1.00..2.00)",
                Spread.of(DoubleStream.of(1, 2)).orElseThrow().text(2));
        assertEquals("3", Spread.of(DoubleStream.of(3)).orElseThrow().text(0));
    }

    @Test
    void theReportNamesWhatItComparesWith() {
        String text = TextReport.of(summary, Map.of("closed", "As fast as it goes"));

        assertTrue(text.contains("closed: As fast as it goes, 10 clients"), text);
        assertTrue(text.contains("ratio: CPU per delivery against floor"), text);
    }

    @Test
    void theChartIsWellFormed() throws Exception {
        String svg = Chart.of(summary, Map.of("closed", "4 < 5 & more"));

        var parser = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
        var document = parser.parse(new java.io.ByteArrayInputStream(svg.getBytes("UTF-8")));
        assertEquals(2, document.getElementsByTagName("rect").getLength());
    }
}
