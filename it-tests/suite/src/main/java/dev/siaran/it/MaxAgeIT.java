package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.DeafClient;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Streams that end after a time, whoever they belong to. */
class MaxAgeIT extends AbstractSuite {

    /** For three streams, on a slow machine. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app(
                "max-age.war", Map.of("siaran.max-age", "1s", "siaran.retry", "10ms", "siaran.log.max-bytes", "16MiB"));
    }

    @Test
    void aClientWhoseStreamsEndAgainAndAgainGetsEveryEventOnce() {
        List<SseClient> all = IntStream.range(0, 20)
                .mapToObj(i -> clients.to(uri("/sse/aging")).reconnecting().open())
                .toList();
        all.forEach(client -> client.transcript().awaitOpen());

        int fired = 0;
        Transcript first = all.get(0).transcript();
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (first.connections() < 4) {
            assertTrue(System.nanoTime() - end < 0, () -> "has come back " + first.connections() + " times only");
            http.post(uri("/fire/aging"), "event-" + fired++);
        }

        List<String> expected =
                IntStream.range(0, fired).mapToObj(i -> "event-" + i).toList();
        for (SseClient client : all) {
            client.transcript().awaitEvents(expected.size());
            assertEquals(expected, client.transcript().data());
        }
    }

    @Test
    void theConnectionOfAClientThatTakesNothingEndsWithItsStream() {
        try (var deaf = DeafClient.open(uri("/sse/deaf"))) {
            http.post(uri("/fire/deaf?count=400"), "x".repeat(16 * 1024));

            Await.until("the server has closed", Duration.ofSeconds(10), deaf::isCutOff, cut -> cut);
        }
    }

    @Test
    void aStreamOfOnesOwnEndsToo() {
        Transcript stream = clients.open(uri("/recorded/aging")).transcript().awaitOpen();

        stream.awaitEnd(Duration.ofSeconds(3));

        // The client may hear of it before the thread does
        Await.until(
                "the thread has heard of it",
                Duration.ofSeconds(3),
                () -> http.get(uri("/diagnostics/stream/aging")),
                "interrupted, open=false"::equals);
    }
}
