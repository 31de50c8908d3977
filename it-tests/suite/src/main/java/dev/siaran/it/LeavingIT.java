package dev.siaran.it;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.probe.CopiesResource;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that leave a stream to which nothing is written meanwhile, on servers that can see it. */
@Tag("leaving")
class LeavingIT extends AbstractSuite {

    private static final int CLIENTS = 400;
    private static final Duration SOON = Duration.ofSeconds(5);

    /** What Undertow has for a connection, and whatever belongs to it. */
    private static final String CONNECTION = "io.undertow.server.protocol.http.HttpServerConnection";

    /** Those of the test's own requests, and what each of the server's threads still has on its stack. */
    private static final int SPARE = 100;

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("leaving.war", Map.of("siaran.heartbeat", "60s")).addClass(CopiesResource.class);
    }

    @Test
    void whoClosesTheConnectionIsNoticedWithoutAWrite() {
        assertNothingIsLeftOf(SseClient::close);
    }

    @Test
    void whoResetsTheConnectionIsNoticedWithoutAWrite() {
        assertNothingIsLeftOf(SseClient::reset);
    }

    private void assertNothingIsLeftOf(Consumer<SseClient> leave) {
        // given what the server still has of other tests
        long others = connectionsOfServer();
        List<SseClient> leaving = clients.open(uri("/sse/quiet"), CLIENTS);
        leaving.forEach(client -> client.transcript().awaitOpen());
        Await.until("all are known", SOON, () -> number("connections"), count -> count == CLIENTS);

        // when they leave
        leaving.forEach(leave);

        // then
        Await.until("nobody is left", SOON, () -> number("connections"), count -> count == 0);
        Await.until("no response is left", SOON, () -> number("responses"), count -> count == 0);
        Await.until("the server has let go", SOON, this::connectionsOfServer, count -> count <= others + SPARE);
    }

    private long connectionsOfServer() {
        return Long.parseLong(http.get(uri("/copies/" + CONNECTION + "/instances")));
    }

    private long number(String name) {
        return Long.parseLong(http.get(uri("/diagnostics/" + name)));
    }
}
