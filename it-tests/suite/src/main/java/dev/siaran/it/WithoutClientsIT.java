package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The client libraries are optional: without them the jar deploys as if nothing were missing. */
@Tag("server-log")
class WithoutClientsIT extends AbstractSuite {

    private static final Path LOG = Path.of(System.getProperty("siaran.it.log"));

    /** WildFly's and Payara's way of writing a level. */
    private static final Pattern COMPLAINT = Pattern.compile(" (WARN|ERROR|FATAL) +\\[|\\[(WARNING|SEVERE)]");

    @Deployment(name = "first", testable = false, managed = false)
    static WebArchive first() {
        return Archives.plain("without-siaran");
    }

    @Deployment(name = APP, testable = false, managed = false)
    static WebArchive app() {
        return Archives.withoutClients("without-clients.war");
    }

    @Test
    void theServerLogsNoWarningAndEventsAreDelivered() throws IOException {
        // given: what a server complains about when anything is deployed for the first time
        deployer.deploy("first");
        deployer.undeploy("first");
        long before = Files.size(LOG);

        // when
        deployer.deploy(APP);
        try {
            SseClient client = clients.open(uri("/sse/news"));
            client.transcript().awaitOpen();
            http.post(uri("/fire/news"), "It works");
            client.transcript().awaitData("It works");
        } finally {
            deployer.undeploy(APP);
        }

        // then
        assertEquals(List.of(), complaintsAfter(before));
    }

    private static List<String> complaintsAfter(long position) throws IOException {
        byte[] log = Files.readAllBytes(LOG);
        // Fewer than before: the server has begun a new file
        int from = position <= log.length ? (int) position : 0;
        return new String(Arrays.copyOfRange(log, from, log.length), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> COMPLAINT.matcher(line).find())
                .toList();
    }
}
