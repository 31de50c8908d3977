package dev.siaran.it.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.TlsClient;
import dev.siaran.it.client.TlsStream;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Certificate;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds behind a proxy that has both nodes to choose from, set up as {@code server-configs} says. */
abstract class AbstractBalancerIT extends AbstractProxyIT {

    @Test
    void aBrowserWhoseNodeDiesIsServedByTheOtherAndMissesNothing() {
        List<SseClient> returning = clientsThatReturn("moved", 20);
        two().fire("moved", "a", 50);
        returning.forEach(client -> client.transcript().awaitData("a-49"));

        // when one node is killed
        one().kill();
        try {
            two().fire("moved", "b", 50);

            // then each has everything once and in order, from the other
            assertEachHas(returning, "a", "b");
        } finally {
            one().start();
        }
    }

    @Test
    void aBrowserThatComesWhileNoNodeIsUpIsToldToComeBackAndDoes() {
        // given a client that has seen something, and no node
        SseClient client = clientsThatReturn("away", 1).get(0);
        one().fire("away", "a", 50);
        client.transcript().awaitData("a-49");
        one().kill();
        two().kill();
        Transcript transcript = client.transcript();
        try {
            // when it comes back, then it gets a stream that is empty: any status but 200 were for good
            transcript.await("an answer", Duration.ofSeconds(20), self -> self.connections() > 1 && self.hasEnded());
            assertEquals(200, transcript.status());
            assertEquals("text/event-stream", transcript.header("Content-Type"));
        } finally {
            one().start();
            two().start();
        }

        // and when the nodes are back, what it has missed
        one().fire("away", "b", 50);
        assertEachHas(List.of(client), "a", "b");
    }

    @Test
    void aHundredStreamsOfOneBrowserArriveOverOneConnectionOfHttp2() {
        URI uri = URI.create("https://127.0.0.1:" + proxy().port("tls") + "/app/sse/many");
        try (var browser = new TlsClient(Certificate.load().trusted(), Version.HTTP_2)) {
            // given streams of which some are on either node
            List<TlsStream> streams = browser.open(Collections.nCopies(100, uri));
            streams.forEach(stream -> {
                begun(stream.transcript());
                assertEquals(Version.HTTP_2, stream.version());
            });

            // when events are fired, then each stream has all of them in order
            one().fire("many", "a", 50);
            two().fire("many", "b", 50);
            List<String> expected = numbered("a", "b");
            for (TlsStream stream : streams) {
                stream.transcript().awaitEvents(100);
                assertEquals(expected, stream.transcript().data());
            }
        }
    }
}
