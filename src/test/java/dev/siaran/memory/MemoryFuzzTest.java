package dev.siaran.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.internal.broker.NodeIds;
import dev.siaran.internal.wire.NastyText;
import dev.siaran.spi.History.Start;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Ids of clients, whatever they are, where a node gives its own. */
class MemoryFuzzTest {

    private static final long START = 1_000_000;

    private final MemoryIds ids = MemoryIds.startingAt(START);

    @Provide
    Arbitrary<String> id() {
        String start = Long.toString(START, 36);
        return Arbitraries.oneOf(
                NastyText.any(),
                Arbitraries.of(start, "zzzzzzzzzzzz", "zzzzzzzzzzzzzz", "1", "0", "", "-")
                        .flatMap(first -> Arbitraries.of(
                                        "-0", "-1", "-2", "-999999999999999999", "-9999999999999999999", "-", "-1\n")
                                .map(first::concat)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anIdIsKnownOnlyIfItWasGivenOut(@ForAll("id") String id) {
        long last = ids.next();
        String given = ids.id(last);

        // By this process, or by one that was started before
        boolean form = id.matches("[1-9a-z][0-9a-z]{0,11}-[1-9][0-9]{0,17}");
        String start = id.replaceAll("-.*", "");
        boolean known = form
                && (Long.parseLong(start, 36) < START
                        || (id.startsWith(given.replaceAll("-.*", "-"))
                                && Long.parseLong(id.replaceAll(".*-", "")) <= last));
        assertEquals(known, ids.isGivenOut(id), id);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anIdOfNoNodeBeginsAHistoryThatIsUnknown(@ForAll("id") String id) {
        Start expected = id.isEmpty() ? Start.TRIMMED : Start.UNKNOWN;

        assertEquals(expected, new NodeIds("node").start(id, "", ""));
    }
}
