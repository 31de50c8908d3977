package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.load.Attackers;
import dev.siaran.it.load.Loop;
import dev.siaran.it.load.Server;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Clients that mean harm: requests that never end, streams that nobody reads, and connections that are dropped as soon as they are there.
 * How little the others feel of it, the benchmark measures ({@code attack}); here nothing is lost, and nothing is left behind.
 */
class AttackIT extends AbstractSuite {

    private static final int HONEST = 50;
    private static final int STAYING = 150;
    private static final int DROPS_IN_A_MOMENT = 3;
    private static final int SECONDS = 5;
    private static final int RATE = 50;
    private static final String BLOCK = "x".repeat(16 * 1024);

    /** Of what the server does on its own. */
    private static final int SPARE_DESCRIPTORS = 25;

    private static final long SPARE_HEAP = 16 << 20;

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("attack.war", Map.of("siaran.max-lag", "2s"));
    }

    @Test
    void theOthersGetEverythingAndNothingIsLeftBehind() throws IOException {
        // given clients that read, on a server that has seen a short attack: it has its threads and pools
        List<SseClient> honest = clients.open(uri("/sse/honest"), HONEST);
        honest.forEach(client -> client.transcript().awaitOpen());
        attack(1);
        awaitOnlyTheHonest();
        int descriptors = descriptors();
        long heap = heap();

        // when it is attacked
        http.post(uri("/series/honest?rate=" + RATE), "");
        attack(SECONDS);
        long published = Long.parseLong(http.send("DELETE", uri("/series/honest"), "", "Accept", "*/*")
                .body()
                .split(" ")[0]);

        // then the others have had all events, once and in order
        assertTrue(published > RATE, () -> published + " events");
        List<String> expected =
                LongStream.range(0, published).mapToObj(Long::toString).toList();
        for (SseClient client : honest) {
            List<String> numbers = client.transcript().awaitEvents(expected.size()).stream()
                    .map(event -> event.data().split(" ")[0])
                    .toList();
            assertEquals(expected, numbers);
        }

        // and when the attackers are gone, so is all that the server had for them
        awaitOnlyTheHonest();
        Await.until(
                "descriptors are closed, of which there were " + descriptors,
                Duration.ofSeconds(15),
                this::descriptors,
                count -> count <= descriptors + SPARE_DESCRIPTORS);
        Await.until(
                "memory is free, of which " + heap + " bytes were in use",
                Duration.ofSeconds(15),
                this::heap,
                bytes -> bytes <= heap + SPARE_HEAP);
    }

    /** For so many seconds, with events on their channel that fill the sockets of those who do not read. */
    private void attack(int seconds) throws IOException {
        try (var loop = new Loop()) {
            var attackers = new Attackers(loop, Server.at(uri("/sse/loud")), STAYING, STAYING);
            while (!attackers.isComplete()) {
                attackers.keepUp();
                loop.turn(1);
            }
            long begin = System.nanoTime();
            for (int moment = 0; moment < seconds * Attackers.MOMENTS; moment++) {
                attackers.nextMoment();
                if (moment % Attackers.MOMENTS == 0) {
                    http.postSoon(uri("/fire/loud?count=50"), BLOCK);
                }
                long end = begin
                        + Duration.ofSeconds(moment + 1L)
                                .dividedBy(Attackers.MOMENTS)
                                .toNanos();
                int before = attackers.dropped();
                while (System.nanoTime() - end < 0) {
                    if (attackers.dropped() - before < DROPS_IN_A_MOMENT) {
                        attackers.drop();
                    }
                    loop.turn(1);
                }
            }
            assertTrue(attackers.dropped() > 0);
        }
    }

    private void awaitOnlyTheHonest() {
        Await.until(
                "only the streams of those who mean no harm are left",
                Duration.ofSeconds(15),
                () -> http.get(uri("/diagnostics/connections")),
                ("" + HONEST)::equals);
        Await.until(
                "and the responses of no others",
                Duration.ofSeconds(15),
                () -> Integer.parseInt(http.get(uri("/diagnostics/responses"))),
                count -> count <= HONEST);
    }

    private int descriptors() {
        return Integer.parseInt(http.get(uri("/diagnostics/descriptors")));
    }

    private long heap() {
        return Long.parseLong(http.get(uri("/diagnostics/heap")));
    }
}
