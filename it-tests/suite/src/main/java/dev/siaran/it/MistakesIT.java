package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.mistaken.OverridingStream;
import dev.siaran.it.support.Archives;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an application may get wrong: the server's log says so once, and the rest of the application works. */
@Tag("shared-process")
class MistakesIT extends AbstractSuite {

    private static final String PROBE = "probe";

    /** As many as the smallest thread pool of a server bears. */
    private static final int MOST_HELD = 4;

    @Deployment(name = PROBE, testable = false, order = 1)
    static WebArchive probe() {
        return Archives.probe("mistakes-probe");
    }

    @Deployment(name = APP, testable = false, order = 2)
    static WebArchive app() {
        return Archives.filtered("mistakes.war", Map.of()).addPackage(OverridingStream.class.getPackage());
    }

    @Test
    void aSubscribeMethodThatHasLostItsAnnotationsIsReportedAndHarmsNobodyElse() {
        SseClient lost = clients.open(uri("/overriding/news"));
        assertNotEquals(200, lost.transcript().awaitStatus().status());

        SseClient other = clients.open(uri("/sse/news"));
        other.transcript().awaitOpen();
        http.post(uri("/fire/news"), "It works");
        other.transcript().awaitData("It works");

        assertLoggedOnce(OverridingStream.class.getName() + ": nobody can open this stream");
    }

    @Test
    void aFilterThatIsNotAsynchronousIsNamedAndAFewStreamsGoThroughIt() {
        for (int i = 0; i < MOST_HELD; i++) {
            SseClient client = clients.open(uri("/sse/not-async"));
            client.transcript().awaitOpen();
            http.post(uri("/fire/not-async"), "It works " + i);
            client.transcript().awaitData("It works " + i);
        }

        Transcript oneTooMany = clients.open(uri("/sse/not-async")).transcript();
        assertEquals(503, oneTooMany.awaitStatus().status());

        String line = assertLoggedOnce("a servlet filter in front of this stream is not asynchronous");
        assertTrue(line.contains("asyncSupported = true"), line);
        assertTrue(line.contains("dev.siaran.it.filters.NotAsyncFilter"), line);
    }

    @Test
    void aPolicyThatIsNoBeanIsNamed() {
        clients.open(uri("/sse/news")).transcript().awaitOpen();

        assertLoggedOnce("dev.siaran.it.mistaken.ForgottenPolicy: this policy forbids nothing");
    }

    private String assertLoggedOnce(String text) {
        String log = http.get(nodes.uri(PROBE, "/log"));
        List<String> lines = log.lines().filter(line -> line.contains(text)).toList();
        assertEquals(1, lines.size(), log);
        return lines.get(0);
    }
}
