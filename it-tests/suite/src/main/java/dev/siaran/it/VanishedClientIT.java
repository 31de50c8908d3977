package dev.siaran.it;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Clients that leave without a word, on streams that have nothing to say but that they live. */
class VanishedClientIT extends AbstractSuite {

    private static final int OF_EACH = 50;
    private static final int HASTY = 3_000;

    /** A server that is warm has opened the stream by then. */
    private static final Duration LONGEST_STAY = Duration.ofMillis(3);

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** And a moment for a machine that is busy: less than three. */
    private static final Duration TWO_HEARTBEATS = HEARTBEAT.multipliedBy(2).plusMillis(800);

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("vanished.war", Map.of());
    }

    @Test
    void clientsThatResetTheirConnectionAreNoticedWithinTwoHeartbeats() {
        assertNoticed(SseClient::reset);
    }

    @Test
    void clientsThatCloseTheirConnectionAreNoticedWithinTwoHeartbeats() {
        assertNoticed(SseClient::close);
    }

    /** Whatever the server has done for them by then. */
    @Test
    void clientsThatLeaveWhileTheirStreamOpensAreNoticedWithinTwoHeartbeats() throws IOException {
        awaitNobody();
        URI stream = uri("/sse/quiet");
        byte[] request = ("GET " + stream.getPath() + " HTTP/1.1\r\nHost: " + stream.getAuthority()
                        + "\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);

        // when clients leave, with and without a word, each a little later after its request than the one before
        for (int i = 0; i < HASTY; i++) {
            try (var client = new Socket(stream.getHost(), stream.getPort())) {
                client.setSoLinger(i % 2 == 0, 0);
                client.getOutputStream().write(request);
                LockSupport.parkNanos(LONGEST_STAY.toNanos() * i / HASTY);
            }
        }

        // then
        Await.until("nobody is left", TWO_HEARTBEATS, this::connections, count -> count == 0);
        Await.until(
                "no response is left",
                HEARTBEAT.multipliedBy(5),
                () -> Integer.parseInt(http.get(uri("/diagnostics/responses"))),
                count -> count == 0);
    }

    private void awaitNobody() {
        Await.until("those of other tests are gone", HEARTBEAT.multipliedBy(5), this::connections, count -> count == 0);
    }

    private void assertNoticed(Consumer<SseClient> vanish) {
        // given some that stay, and some that vanish from streams of both kinds
        awaitNobody();
        clients.open(uri("/sse/quiet"), OF_EACH)
                .forEach(client -> client.transcript().awaitOpen());
        List<SseClient> vanishing = new ArrayList<>(clients.open(uri("/sse/quiet"), OF_EACH));
        vanishing.addAll(clients.open(uri("/recorded/quiet"), OF_EACH));
        vanishing.forEach(client -> client.transcript().awaitOpen());
        Await.until("all are known", HEARTBEAT, this::connections, count -> count == 3 * OF_EACH);

        // when they vanish, then the server knows after two heartbeats
        long begin = System.nanoTime();
        vanishing.forEach(vanish);
        Await.until("those that stay are left", TWO_HEARTBEATS, this::connections, count -> count == OF_EACH);
        System.out.println("vanished clients: noticed after " + Duration.ofNanos(System.nanoTime() - begin));
    }

    private int connections() {
        return Integer.parseInt(http.get(uri("/diagnostics/connections")));
    }
}
