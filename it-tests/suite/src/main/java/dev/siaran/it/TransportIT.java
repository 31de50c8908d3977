package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transports that a configuration can force, besides the one that every other test uses. */
class TransportIT extends AbstractSuite {

    private static final String BLOCKING = "blocking";
    private static final String SINK = "sink";

    /** Shorter than it takes the watchdog to give up a connection that holds up its shard: two seconds at least. */
    private static final Duration AT_ONCE = Duration.ofMillis(1_800);

    @Deployment(name = BLOCKING, testable = false, order = 1)
    static WebArchive blocking() {
        return app(BLOCKING);
    }

    @Deployment(name = SINK, testable = false, order = 2)
    static WebArchive sink() {
        return app(SINK);
    }

    private static WebArchive app(String transport) {
        // All that a test sends: a client that is late on a busy machine is not cut off
        return Archives.app(
                "transport-" + transport + ".war",
                Map.of("siaran.transport", transport, "siaran.log.max-bytes", "16MiB"));
    }

    private URI uri(String transport, String path) {
        return nodes.uri(transport, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCKING, SINK})
    void everyClientGetsEachEventOnceAndInOrder(String transport) {
        List<SseClient> all = clients.open(uri(transport, "/sse/news"), 30);
        all.forEach(client -> client.transcript().awaitOpen());

        http.post(uri(transport, "/fire/news?name=count&count=300"), "event");

        List<String> expected =
                IntStream.range(0, 300).mapToObj(i -> "event-" + i).toList();
        for (SseClient client : all) {
            assertEquals(
                    expected,
                    client.transcript().awaitEvents(300).stream()
                            .map(ReceivedEvent::data)
                            .toList());
            assertEquals(1, client.transcript().connections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCKING, SINK})
    void aClientThatComesBackMissesNothing(String transport) {
        SseClient first = clients.open(uri(transport, "/sse/back"));
        first.transcript().awaitOpen();
        http.post(uri(transport, "/fire/back"), "seen");
        String lastId = first.transcript().awaitEvents(1).get(0).lastEventId();
        first.close();
        http.post(uri(transport, "/fire/back?count=50"), "missed");

        SseClient again =
                clients.to(uri(transport, "/sse/back")).lastEventId(lastId).open();

        assertEquals("missed-0", again.transcript().awaitEvents(50).get(0).data());
        assertEquals("missed-49", again.transcript().awaitEvents(50).get(49).data());
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCKING, SINK})
    void clientsThatLeaveAreForgotten(String transport) {
        Await.until("no stream is open", Duration.ofSeconds(5), () -> connections(transport), count -> count == 0);
        List<SseClient> leaving = clients.open(uri(transport, "/sse/leaving"), 20);
        leaving.forEach(client -> client.transcript().awaitOpen());

        leaving.forEach(SseClient::close);

        Await.until("all are forgotten", Duration.ofSeconds(5), () -> connections(transport), count -> count == 0);
    }

    private int connections(String transport) {
        return Integer.parseInt(http.get(uri(transport, "/diagnostics/connections")));
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCKING, SINK})
    void aWriteThatWaitsForItsClientHoldsUpNobody(String transport) {
        // given, for each shard, clients that read nothing and one that reads
        int shards = Runtime.getRuntime().availableProcessors();
        List<SseClient> stalled = IntStream.range(0, 2 * shards)
                .mapToObj(i -> clients.to(uri(transport, "/sse/stall"))
                        .receiveBuffer(4096)
                        .open())
                .toList();
        stalled.forEach(client -> client.transcript().awaitOpen());
        stalled.forEach(SseClient::pause);
        List<SseClient> reading = clients.open(uri(transport, "/sse/stall"), shards);
        reading.forEach(client -> client.transcript().awaitOpen());

        // when more is sent, little by little, than the sockets of the first take
        String block = "x".repeat(16 * 1024);
        for (int events = 10; events <= 500; events += 10) {
            http.post(uri(transport, "/fire/stall?count=10"), block);

            // then the others have it at once: nothing is so quick that ends a write that waits
            for (SseClient client : reading) {
                client.transcript().awaitEvents(events, AT_ONCE);
            }
        }

        // and the first have missed nothing
        stalled.forEach(SseClient::resume);
        stalled.forEach(client -> client.transcript().awaitEvents(500, Duration.ofMinutes(1)));
        Stream.concat(stalled.stream(), reading.stream())
                .forEach(client -> assertEquals(1, client.transcript().connections()));
    }
}
