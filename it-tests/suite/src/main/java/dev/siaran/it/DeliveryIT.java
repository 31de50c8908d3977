package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

class DeliveryIT extends AbstractSuite {

    private static final List<String> CHANNELS = List.of("news", "sport", "weather", "traffic", "culture");
    private static final int CLIENTS_OF_A_CHANNEL = 40;
    private static final int EVENTS_OF_A_SOURCE = 200;

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("delivery.war", Map.of("siaran.log.max-bytes", "40MiB"));
    }

    @Test
    void twoHundredClientsGetEveryEventOfTheirChannelOnceAndInOrder() {
        // given a server that has answered before, and 200 clients on 5 channels, open before anything is fired
        clients.open(uri("/sse/warm-up")).transcript().awaitOpen();
        Map<String, List<SseClient>> audience = new HashMap<>();
        Duration slowest = Duration.ZERO;
        for (String channel : CHANNELS) {
            List<SseClient> members = clients.open(uri("/sse/" + channel), CLIENTS_OF_A_CHANNEL);
            audience.put(channel, members);
            for (SseClient client : members) {
                Duration openedAfter = client.transcript().awaitOpen().openedAfter();
                slowest = openedAfter.compareTo(slowest) > 0 ? openedAfter : slowest;
            }
        }
        System.out.println("delivery: the slowest of 200 streams was open after " + slowest);
        assertTrue(slowest.toMillis() < 1000, "onopen after " + slowest);

        // when 2,000 events are fired, half of them by a resource, half of them by a thread in the background
        for (String channel : CHANNELS) {
            http.post(uri("/fire/" + channel + "/background?name=b&count=" + EVENTS_OF_A_SOURCE), channel);
            http.post(uri("/fire/" + channel + "?name=r&count=" + EVENTS_OF_A_SOURCE), channel);
        }

        // then each client has each event of its channel once, in the order of its source, and all have the same order
        audience.forEach((channel, members) -> {
            List<String> expected = IntStream.range(0, EVENTS_OF_A_SOURCE)
                    .mapToObj(i -> channel + "-" + i)
                    .toList();
            List<String> ids = ids(members.get(0).transcript(), 2 * EVENTS_OF_A_SOURCE);
            for (SseClient client : members) {
                assertEquals(ids, ids(client.transcript(), 2 * EVENTS_OF_A_SOURCE));
                assertEquals(expected, dataOf(client.transcript(), "b"));
                assertEquals(expected, dataOf(client.transcript(), "r"));
            }
            assertEquals(ids.size(), ids.stream().distinct().count(), "ids are unique");
        });

        // and nothing comes after the last one but what is fired next
        CHANNELS.forEach(channel -> http.post(uri("/fire/" + channel), "end"));
        audience.forEach((channel, members) -> members.forEach(client -> {
            client.transcript().awaitData("end");
            assertEquals(
                    2 * EVENTS_OF_A_SOURCE + 1, client.transcript().events().size());
            assertEquals(1, client.transcript().connections());
        }));
    }

    private static List<String> ids(Transcript transcript, int count) {
        return transcript.awaitEvents(count).stream()
                .map(ReceivedEvent::lastEventId)
                .limit(count)
                .toList();
    }

    private static List<String> dataOf(Transcript transcript, String type) {
        return transcript.events().stream()
                .filter(event -> event.type().equals(type))
                .map(ReceivedEvent::data)
                .toList();
    }

    @Test
    void clientsThatLeaveAreForgotten() {
        // given 50 clients that stay and 100 that leave
        Await.until("those of other tests are gone", Duration.ofSeconds(5), this::connections, count -> count == 0);
        clients.open(uri("/sse/leaving"), 50)
                .forEach(client -> client.transcript().awaitOpen());
        List<SseClient> leaving = clients.open(uri("/sse/leaving"), 100);
        leaving.forEach(client -> client.transcript().awaitOpen());
        Await.until("all are known", Duration.ofSeconds(2), this::connections, count -> count == 150);

        // when they have left, then the server knows it after two heartbeats
        leaving.forEach(SseClient::close);
        Await.until("50 are left", Duration.ofMillis(2800), this::connections, count -> count == 50);
    }

    private int connections() {
        return Integer.parseInt(http.get(uri("/diagnostics/connections")));
    }

    @Test
    void oneStalledClientDelaysNobody() {
        // given a client that reads nothing, and one that does
        SseClient stalled = clients.to(uri("/sse/stall")).receiveBuffer(4096).open();
        stalled.transcript().awaitOpen();
        stalled.pause();
        SseClient healthy = clients.open(uri("/sse/stall"));
        healthy.transcript().awaitOpen();

        // when more is fired than the stalled one's socket can take, and no more than the log keeps for it
        String block = "x".repeat(4096);
        for (int i = 0; i < 10; i++) {
            http.post(uri("/fire/stall?count=200"), block);
        }

        // then the healthy one has it all
        healthy.transcript().awaitEvents(2000);

        // and so has the stalled one, once it reads
        stalled.resume();
        assertEquals(
                IntStream.range(0, 2000).mapToObj(i -> block + "-" + i % 200).toList(),
                stalled.transcript().awaitEvents(2000).stream()
                        .map(ReceivedEvent::data)
                        .toList());
    }

    @Test
    void aClientThatPausesHasEveryEventOnTheSameConnection() {
        // given a client that reads nothing for now
        SseClient paused =
                clients.to(uri("/sse/pause")).receiveBuffer(32 * 1024).open();
        paused.transcript().awaitOpen();
        paused.pause();

        // when events of many sizes are fired, more than the buffers of both ends can take
        List<String> expected = new ArrayList<>();
        for (int size : List.of(10, 1_000, 70_000, 15, 140_000, 100, 30_000, 200_000, 7, 250_000, 90_000)) {
            String block = "x".repeat(size);
            http.post(uri("/fire/pause?count=12"), block);
            IntStream.range(0, 12).forEach(i -> expected.add(block + "-" + i));
        }
        paused.resume();

        // then it has them all, and never had to come back
        assertEquals(
                expected,
                paused.transcript().awaitEvents(expected.size()).stream()
                        .map(ReceivedEvent::data)
                        .toList());
        assertEquals(1, paused.transcript().connections());
    }
}
