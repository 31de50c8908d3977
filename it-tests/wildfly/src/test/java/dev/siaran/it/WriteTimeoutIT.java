package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener whose write timeout is short. It ends a connection at the first write after that time. */
class WriteTimeoutIT extends AbstractSuite {

    private static final int TIMEOUT_MILLIS = 200;
    private static final String[] BINDING = {"socket-binding-group", "standard-sockets", "socket-binding", "impatient"};
    private static final String[] LISTENER = {
        "subsystem", "undertow", "server", "default-server", "http-listener", "impatient"
    };
    private static final Duration SEVERAL_HEARTBEATS = Duration.ofSeconds(20);

    private Management management;
    private int port;

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("write-timeout.war", Map.of("siaran.heartbeat", "1s"));
    }

    @BeforeEach
    void addListener() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        management = new Management();
        ModelNode binding = Management.operation("add", BINDING);
        binding.get("port").set(port);
        management.execute(binding);
        ModelNode listener = Management.operation("add", LISTENER);
        listener.get("socket-binding").set("impatient");
        listener.get("write-timeout").set(TIMEOUT_MILLIS);
        management.execute(listener);
    }

    @AfterEach
    void removeListener() throws IOException {
        management.execute(Management.operation("remove", LISTENER));
        management.execute(Management.operation("remove", BINDING));
        management.close();
    }

    @Test
    void aStreamThatIsQuietForLongerStaysOpenAndEndsInGoodOrder() {
        // given
        Transcript transcript = clients.open(URI.create(
                        "http://127.0.0.1:" + port + uri("/sse/quiet").getPath()))
                .transcript()
                .awaitOpen();

        // when nothing is written for longer than the timeout, again and again
        transcript.await("heartbeats", SEVERAL_HEARTBEATS, self -> comments(self) >= 4);
        http.post(uri("/fire/quiet"), "event");

        // then
        transcript.awaitData("event");
        assertFalse(transcript.hasEnded());
        assertEquals(1, transcript.connections());
        assertEquals(List.of("event"), transcript.data());

        // and when the server ends it after another while
        transcript.await("heartbeats", SEVERAL_HEARTBEATS, self -> comments(self) >= 6);
        http.post(uri("/revoke/channel"), "quiet");

        // then
        transcript.awaitEnd(SEVERAL_HEARTBEATS);
        assertTrue(transcript.toString().contains("end \"complete\""), transcript::toString);
    }

    private static long comments(Transcript transcript) {
        return transcript.lines().stream().filter(line -> line.startsWith(":")).count();
    }
}
