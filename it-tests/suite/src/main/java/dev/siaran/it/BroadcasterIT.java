package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Sinks of the application's own, which a channel's broadcaster serves. */
class BroadcasterIT extends AbstractSuite {

    /** Shorter than it takes to close a sink that is too slow. */
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("broadcaster.war", Map.of("siaran.max-lag", "5s", "siaran.log.max-bytes", "32MiB"));
    }

    @Test
    void everySinkGetsWhatIsPublishedAndWhatIsBroadcastInOrder() {
        List<SseClient> all = clients.open(uri("/broadcast/news"), 20);
        awaitRegistered("news", 20);

        http.post(uri("/fire/news?count=100"), "event");
        http.post(uri("/broadcast/news"), "last");

        List<String> expected = Stream.concat(
                        Stream.concat(Stream.of("news"), IntStream.range(0, 100).mapToObj(i -> "event-" + i)),
                        Stream.of("last"))
                .toList();
        for (SseClient client : all) {
            assertEquals(
                    expected,
                    client.transcript().awaitEvents(expected.size()).stream()
                            .map(ReceivedEvent::data)
                            .toList());
        }
    }

    @Test
    void aSinkWhoseClientTakesNothingHoldsUpNobodyAndIsClosed() {
        List<SseClient> stalled = IntStream.range(0, 4)
                .mapToObj(i ->
                        clients.to(uri("/broadcast/slow")).receiveBuffer(4096).open())
                .toList();
        stalled.forEach(client -> client.transcript().awaitEvents(1));
        stalled.forEach(SseClient::pause);
        List<SseClient> reading = clients.open(uri("/broadcast/slow"), 4);
        awaitRegistered("slow", 8);

        // More than a container hoards for each of them
        String block = "x".repeat(16 * 1024);
        for (int events = 10; events <= 1000; events += 10) {
            http.post(uri("/fire/slow?count=10"), block);
            for (SseClient client : reading) {
                client.transcript().awaitEvents(1 + events, AT_ONCE);
            }
        }

        Await.until(
                "those that take nothing are closed",
                Duration.ofSeconds(15),
                () -> http.get(uri("/broadcast/slow/closed")),
                "4"::equals);
        http.post(uri("/broadcast/slow"), "last");
        reading.forEach(client -> client.transcript().awaitEvents(1002, AT_ONCE));
    }

    private void awaitRegistered(String channel, int count) {
        Await.until(
                "all are registered",
                Duration.ofSeconds(10),
                () -> http.get(uri("/broadcast/" + channel + "/registered")),
                Integer.toString(count)::equals);
    }
}
