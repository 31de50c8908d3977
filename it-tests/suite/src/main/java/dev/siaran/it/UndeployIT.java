package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that is taken away while clients listen. */
class UndeployIT extends AbstractSuite {

    private static final String PROBE = "probe";

    @Deployment(name = PROBE, testable = false, order = 1)
    static WebArchive probe() {
        return Archives.probe("probe");
    }

    @Deployment(name = APP, testable = false, managed = false, order = 2)
    static WebArchive app() {
        return Archives.filtered("undeploy.war", Map.of());
    }

    @Test
    void undeployEndsEveryStreamWithinTwoSecondsAndLeavesNoThread() {
        for (int round = 0; round < 2; round++) {
            // given 500 open streams, some of them slow, some written by the application, some that hold a thread of
            // the server
            deployer.deploy(APP);
            List<SseClient> streams = new ArrayList<>(clients.open(uri("/sse/news"), 400));
            streams.addAll(clients.open(uri("/recorded/stream"), 60));
            streams.addAll(clients.open(uri("/time"), 30));
            for (int i = 0; i < 10; i++) {
                streams.add(
                        clients.to(uri("/flood/flood-" + i)).receiveBuffer(8192).open());
            }
            streams.forEach(stream -> stream.transcript().awaitOpen());
            streams.subList(490, 500).forEach(SseClient::pause);

            // when the application is undeployed
            long begin = System.nanoTime();
            deployer.undeploy(APP);

            // then every stream that is read has ended within two seconds
            long last = 0;
            for (SseClient stream : streams.subList(0, 490)) {
                last = Math.max(
                        last,
                        stream.transcript().awaitEnd(Duration.ofSeconds(10)).endNanos());
            }
            Duration took = Duration.ofNanos(last - begin);
            System.out.println("undeploy: the last of 490 streams ended after " + took);
            assertTrue(took.toMillis() < 2000, "the last stream ended after " + took);

            // and no thread is left
            awaitNoThread();
            streams.forEach(SseClient::close);
        }
        assertEquals("", http.get(nodes.uri(PROBE, "/threads/siaran")));
    }

    private void awaitNoThread() {
        Await.until(
                "no thread of the library is left",
                Duration.ofSeconds(5),
                () -> http.get(nodes.uri(PROBE, "/threads/siaran")),
                String::isEmpty);
    }

    /** Payara waits two seconds for requests whose thread it misses before it tells the application. */
    @Tag("undeploy-held")
    @Test
    void undeployEndsStreamsThatHoldAThreadOfTheServer() {
        deployer.deploy(APP);
        List<SseClient> streams = new ArrayList<>(clients.open(uri("/recorded/not-async"), 2));
        streams.addAll(clients.open(uri("/sse/not-async"), 2));
        streams.forEach(stream -> stream.transcript().awaitOpen());

        deployer.undeploy(APP);

        streams.forEach(stream -> stream.transcript().awaitEnd(Duration.ofSeconds(1)));
        awaitNoThread();
    }
}
