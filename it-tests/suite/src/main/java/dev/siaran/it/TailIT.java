package dev.siaran.it;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Where nothing follows: what of the last event the socket did not take has to come by itself, and without a heartbeat. */
class TailIT extends AbstractSuite {

    private static final int CLIENTS = 12;

    /** More than half of what a socket of this machine takes for a client that does not read. */
    private static final int FEWEST_EVENTS = 13;

    private static final String LARGE = "x".repeat(200 * 1024);

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app(
                "tail.war",
                Map.of("siaran.heartbeat", "90s", "siaran.max-lag", "90s", "siaran.log.max-bytes", "16MiB"));
    }

    @Test
    void theEndOfTheLastEventWaitsForNothing() {
        // given clients that do not read, each with a channel of its own
        List<SseClient> stalled = IntStream.range(0, CLIENTS)
                .mapToObj(i ->
                        clients.to(uri("/sse/tail" + i)).receiveBuffer(4096).open())
                .toList();
        stalled.forEach(client -> client.transcript().awaitOpen());
        stalled.forEach(SseClient::pause);

        // when each is sent more than the one before it, so that the last event of some finds room for a part of it,
        // and they read again
        IntStream.range(0, CLIENTS)
                .forEach(i -> http.post(uri("/fire/tail" + i + "?count=" + (FEWEST_EVENTS + i)), LARGE));
        stalled.forEach(SseClient::resume);

        // then all get all
        IntStream.range(0, CLIENTS)
                .forEach(i -> stalled.get(i).transcript().awaitEvents(FEWEST_EVENTS + i, Duration.ofSeconds(30)));
    }
}
