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
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transports that a configuration can force, besides the one that every other test uses. */
class TransportIT extends AbstractSuite {

    private static final String BLOCKING = "blocking";
    private static final String SINK = "sink";

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

    @Test
    void aWriteThatWaitsForItsClientHoldsUpNobody() {
        // given twice as many clients that read nothing as there are shards, and one that reads
        List<SseClient> stalled = IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
                .mapToObj(i -> clients.to(uri(BLOCKING, "/sse/stall"))
                        .receiveBuffer(4096)
                        .open())
                .toList();
        stalled.forEach(client -> client.transcript().awaitOpen());
        stalled.forEach(SseClient::pause);
        SseClient reading = clients.open(uri(BLOCKING, "/sse/stall"));
        reading.transcript().awaitOpen();

        // when more is sent than their sockets take
        String block = "x".repeat(16 * 1024);
        for (int burst = 1; burst <= 5; burst++) {
            http.post(uri(BLOCKING, "/fire/stall?count=100"), block);

            // then the other has it all, each time before the log forgets it
            reading.transcript().awaitEvents(burst * 100);
        }
        assertEquals(1, reading.transcript().connections());
    }
}
