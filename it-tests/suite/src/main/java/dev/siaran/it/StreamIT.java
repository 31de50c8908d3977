package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Streams that the application writes itself. */
class StreamIT extends AbstractSuite {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration TWO_HEARTBEATS = HEARTBEAT.multipliedBy(2).plusMillis(800);
    private static final int BLOCK_BYTES = 64 * 1024;

    /** What a client that does not read may cost on the heap: a frame in the queue, one being written, and the server's own. */
    private static final int SLOW_CLIENT_KIB = 512;

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("stream.war", Map.of());
    }

    @Test
    void theThreadIsInterruptedWhenTheClientLeaves() {
        // given a stream whose thread waits for something
        SseClient client = clients.open(uri("/recorded/leaving"));
        client.transcript().awaitData("leaving");
        awaitState("leaving", "waiting", Duration.ofSeconds(5));

        // when the client leaves, then the finally block runs within two heartbeats
        client.close();
        awaitState("leaving", "interrupted, open=false", TWO_HEARTBEATS);
    }

    @Test
    void hundredStreamsRunAtOnceAndAllEnd() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "many-" + i).toList();
        List<SseClient> many = names.stream()
                .map(name -> clients.open(uri("/recorded/" + name)))
                .toList();
        many.forEach(client -> client.transcript().awaitEvents(1));

        // A client may have its event before the thread that has sent it goes on
        names.forEach(name -> awaitState(name, "waiting", Duration.ofSeconds(5)));
        many.forEach(SseClient::close);
        names.forEach(name -> awaitState(name, "interrupted, open=false", TWO_HEARTBEATS));
    }

    @Test
    void aClientThatDoesNotReadBlocksTheWriterAndCostsNoMemory() {
        // given ten clients that read nothing, each of a stream that never waits
        long heapBefore = heap();
        List<String> names = IntStream.range(0, 10).mapToObj(i -> "slow-" + i).toList();
        List<SseClient> slow = names.stream()
                .map(name ->
                        clients.to(uri("/flood/" + name)).receiveBuffer(8192).open())
                .toList();
        slow.forEach(client -> client.transcript().awaitOpen());
        slow.forEach(SseClient::pause);

        // when the sockets are full, then the writers stand still
        long blocks = names.stream().mapToLong(this::standstill).sum();

        // and what they have written is in the sockets, not on the heap
        long heapGrowth = Await.until(
                "the heap is as it was",
                Duration.ofSeconds(10),
                () -> heap() - heapBefore,
                growth -> growth / 1024 / names.size() < SLOW_CLIENT_KIB);
        System.out.printf(
                "slow clients: %d KiB written and %d KiB on the heap for each%n",
                blocks * BLOCK_BYTES / 1024 / names.size(), heapGrowth / 1024 / names.size());
        assertTrue(blocks * BLOCK_BYTES / names.size() < 16 << 20, blocks + " blocks sent");

        // and they go on when the clients do, and end when the clients leave
        int received = slow.get(0).transcript().events().size();
        slow.get(0).resume();
        slow.get(0).transcript().awaitEvents(received + 500);
        slow.forEach(SseClient::close);
        names.forEach(name -> awaitState(name, "ended", TWO_HEARTBEATS));
    }

    /** Waits until a writer has sent nothing for a second, and returns how many blocks it has sent. */
    private long standstill(String name) {
        long[] last = {0, System.nanoTime()};
        Await.until(
                name + " stands still",
                Duration.ofSeconds(20),
                () -> {
                    long sent = Long.parseLong("0" + state(name));
                    if (sent != last[0]) {
                        last[0] = sent;
                        last[1] = System.nanoTime();
                    }
                    return sent;
                },
                sent -> sent > 0 && System.nanoTime() - last[1] > HEARTBEAT.toNanos());
        return last[0];
    }

    @Test
    void aStreamThatReturnsIsComplete() {
        SseClient client = clients.open(uri("/text"));
        client.transcript().awaitEnd(Duration.ofSeconds(5));
        assertEquals("request", client.transcript().events().get(9).type());
    }

    @Test
    void theStreamKnowsTheLastEventIdOfItsClient() {
        SseClient client = clients.to(uri("/text")).lastEventId("seventeen").open();
        client.transcript().awaitData("seen seventeen");
    }

    private String state(String name) {
        return http.get(uri("/diagnostics/stream/" + name));
    }

    private void awaitState(String name, String wanted, Duration limit) {
        Await.until(name + " is \"" + wanted + "\"", limit, () -> state(name), wanted::equals);
    }

    private long heap() {
        return Long.parseLong(http.get(uri("/diagnostics/heap")));
    }
}
