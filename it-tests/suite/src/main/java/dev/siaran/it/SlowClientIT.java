package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.DeafClient;
import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that stop to read, with more to be sent than their sockets take and less than a container may hoard. */
class SlowClientIT extends AbstractSuite {

    private static final int READING = 10;
    private static final int STALLED = 20;
    private static final int BURSTS = 4;
    private static final int EVENTS_OF_A_BURST = 100;
    private static final int HALF_A_MEGABYTE = 512 << 10;
    private static final String BLOCK = "x".repeat(16 * 1024);

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app(
                "slow.war",
                Map.of(
                        "siaran.max-lag", "3s",
                        "siaran.retry", "100ms",
                        "siaran.reconnect-spread", "0s",
                        "siaran.log.max-bytes", "16MiB"));
    }

    @Test
    void aClientThatTakesNothingIsEndedInTimeAndHoldsUpNobody() {
        // given clients that read, and clients that have stopped to
        List<SseClient> reading = clients.open(uri("/sse/slow"), READING);
        reading.forEach(client -> client.transcript().awaitOpen());
        List<SseClient> stalled = stalled();

        // when six megabytes are sent
        sendAll();

        // then those that read have them all
        reading.forEach(
                client -> assertEveryEventOnceInOrder(client.transcript().awaitEvents(BURSTS * EVENTS_OF_A_BURST)));

        // and the others are ended by their age, whatever the container claims to have sent
        Await.until(
                "only those that read are left", Duration.ofSeconds(10), this::connections, count -> count == READING);

        // and when they read again, they come back to what they have not had, in thousands of small pieces
        stalled.forEach(SseClient::resume);
        stalled.forEach(client -> {
            assertEveryEventOnceInOrder(
                    client.transcript().awaitEvents(BURSTS * EVENTS_OF_A_BURST, Duration.ofMinutes(1)));
            assertTrue(client.transcript().connections() > 1, "it has come back");
        });
    }

    @Test
    void aClientThatTakesNothingAndLeavesIsForgottenWithItsResponse() {
        List<SseClient> stalled = stalled();
        sendAll();

        // when half of them reset their connections, before they are ended by their age, and half close them
        IntStream.range(0, STALLED).forEach(i -> {
            if (i % 2 == 0) {
                stalled.get(i).reset();
            } else {
                stalled.get(i).close();
            }
        });

        Await.until("nobody is left", Duration.ofSeconds(10), this::connections, count -> count == 0);
        Await.until(
                "no response is left",
                Duration.ofSeconds(10),
                () -> Integer.parseInt(http.get(uri("/diagnostics/responses"))),
                count -> count == 0);
    }

    @Test
    void largeEventsArriveOnceThoughTheSocketTakesThemInPieces() {
        String large = "x".repeat(200 * 1024);
        List<SseClient> reading = IntStream.range(0, READING)
                .mapToObj(i ->
                        clients.to(uri("/sse/large")).receiveBuffer(64 * 1024).open())
                .toList();
        reading.forEach(client -> client.transcript().awaitOpen());

        http.post(uri("/fire/large?count=60"), large);

        List<String> expected =
                IntStream.range(0, 60).mapToObj(i -> large + "-" + i).toList();
        reading.forEach(client -> assertEquals(
                expected,
                client.transcript().awaitEvents(60, Duration.ofSeconds(30)).stream()
                        .map(ReceivedEvent::data)
                        .toList()));
    }

    @Test
    void aClientThatTakesNothingAndStaysKeepsNoConnection() {
        try (var deaf = DeafClient.open(uri("/sse/slow"))) {
            sendAll();

            Await.until("the server has closed", Duration.ofSeconds(15), deaf::isCutOff, cut -> cut);
        }
    }

    @Test
    @Tag("own-writes")
    void littleOfWhatAClientDoesNotTakeWaitsInTheKernel() {
        try (var deaf = DeafClient.open(uri("/sse/slow"))) {
            sendAll();
            Await.until("it is ended", Duration.ofSeconds(10), this::connections, count -> count == 0);

            long waiting = deaf.hearOut();

            assertTrue(waiting < HALF_A_MEGABYTE, waiting + " bytes");
        }
    }

    /** Clients that do not read what is sent to them from now on, and come back when their connection ends. */
    private List<SseClient> stalled() {
        var stalled = new ArrayList<SseClient>();
        for (int i = 0; i < STALLED; i++) {
            SseClient client = clients.to(uri("/sse/slow"))
                    .receiveBuffer(4096)
                    .reconnecting()
                    .open();
            client.transcript().awaitOpen();
            client.pause();
            stalled.add(client);
        }
        return stalled;
    }

    private void sendAll() {
        for (int burst = 0; burst < BURSTS; burst++) {
            http.post(uri("/fire/slow?name=" + burst + "&count=" + EVENTS_OF_A_BURST), BLOCK);
        }
    }

    private static void assertEveryEventOnceInOrder(List<ReceivedEvent> events) {
        List<String> expected = IntStream.range(0, BURSTS * EVENTS_OF_A_BURST)
                .mapToObj(i -> i / EVENTS_OF_A_BURST + ":" + BLOCK + "-" + i % EVENTS_OF_A_BURST)
                .toList();
        assertEquals(
                expected,
                events.stream().map(event -> event.type() + ":" + event.data()).toList());
    }

    private int connections() {
        return Integer.parseInt(http.get(uri("/diagnostics/connections")));
    }
}
