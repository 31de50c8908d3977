package dev.siaran.it.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.cluster.Follower;
import dev.siaran.it.cluster.Publishing;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One node fires as much as many would. */
class FirehoseIT extends AbstractRedisIT {

    private static final int RATE = 20_000;
    private static final int SECONDS = 10;
    private static final int CHANNELS = 20;
    private static final long MAX_GROWTH = 16L << 20;

    @BeforeAll
    void start() throws Exception {
        // Far less than all the events would need
        start(
                "80m",
                Map.of("siaran.log.max-events", "2000", "siaran.log.min-age", "0s", "siaran.redis.history", "10000"));
    }

    @Test
    void twentyThousandEventsASecondArriveOnBothNodesInOrderAndMemoryIsBounded() {
        // given a client of each channel at each node
        List<List<URI>> streams = new ArrayList<>();
        for (int channel = 0; channel < CHANNELS; channel++) {
            streams.add(List.of(one().stream("hose-" + channel)));
            streams.add(List.of(two().stream("hose-" + channel)));
        }
        audience().follow(Follower::new, streams);
        long before = one().heap();
        long beforeTwo = two().heap();

        // when events are fired for ten seconds
        long begin = System.nanoTime();
        Publishing events =
                one().publish("hose", "fire=true&rate=" + RATE + "&channels=" + CHANNELS + "&count=" + RATE * SECONDS);
        long count = events.acknowledged(RATE * SECONDS, Duration.ofSeconds(6 * SECONDS));

        // then all of them arrive
        assertAllHaveAll(count / CHANNELS);
        double seconds = (System.nanoTime() - begin) / 1e9;

        // and what is left of them on the heap is what the logs keep
        long growth = Math.max(one().heap() - before, two().heap() - beforeTwo);
        System.out.printf("hose: %d events in %.1f s, heap grew by %d KiB%n", count, seconds, growth >> 10);
        assertTrue(growth < MAX_GROWTH, "the heap grew by " + growth + " bytes");
    }
}
