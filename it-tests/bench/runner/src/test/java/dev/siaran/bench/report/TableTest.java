package dev.siaran.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCellAndFiguresEndTogether() {
        var table = new Table(List.of("target", "us", "note"))
                .heading("a heading that is wider than any column")
                .add(List.of("embedded", "0.95", ""))
                .add(List.of("floor", "12.50", "by far"))
                .add(List.of("payara", "failed"));

        assertEquals("""
                target        us  note
                ----------------------

                a heading that is wider than any column
                embedded    0.95
                floor      12.50  by far
                payara    failed
                """, table.render());
    }
}
