package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.TlsClient;
import dev.siaran.it.client.TlsStream;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import dev.siaran.it.support.Certificate;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many streams of one browser over one connection: TLS and HTTP/2. */
@Tag("tls")
@Tag("http2")
class Http2IT extends AbstractSuite {

    private static final String GOING = "going";
    private static final int STREAMS = 100;

    private final TlsClient client = new TlsClient(Certificate.load().trusted(), Version.HTTP_2);

    @Deployment(name = APP, testable = false, order = 1)
    static WebArchive app() {
        return Archives.app("http2.war", Map.of("siaran.max-lag", "3s", "siaran.log.max-bytes", "16MiB"));
    }

    @Deployment(name = GOING, testable = false, managed = false, order = 2)
    static WebArchive going() {
        return Archives.app("http2-going.war", Map.of("siaran.heartbeat", "30s"));
    }

    @AfterEach
    void theClientLeaves() {
        client.close();
    }

    @Test
    void aHundredStreamsOfOneConnectionGetEveryEventOnceAndInOrder() {
        // given a hundred streams of five channels
        List<TlsStream> streams = client.open(IntStream.range(0, STREAMS)
                .mapToObj(i -> secure(APP, "/sse/many-" + i % 5))
                .toList());
        for (TlsStream stream : streams) {
            assertEquals(200, stream.transcript().status());
            assertEquals(Version.HTTP_2, stream.version());
        }
        assertEquals(
                1,
                streams.stream()
                        .map(stream -> stream.transcript().header("Peer-Port"))
                        .distinct()
                        .count(),
                "connections");

        // when each channel gets 400 events, half of them by a thread in the background
        for (int channel = 0; channel < 5; channel++) {
            http.post(uri("/fire/many-" + channel + "/background?name=b&count=200"), "x");
            http.post(uri("/fire/many-" + channel + "?name=r&count=200"), "x");
        }

        // then all streams of a channel have the same, and all of it
        List<List<String>> first = streams.stream()
                .limit(5)
                .map(stream -> ids(stream.transcript().awaitEvents(400)))
                .toList();
        for (int i = 0; i < STREAMS; i++) {
            List<ReceivedEvent> events = streams.get(i).transcript().awaitEvents(400);
            assertEquals(first.get(i % 5), ids(events));
            assertEquals(numbered("x", 200), dataOf(events, "b"));
            assertEquals(numbered("x", 200), dataOf(events, "r"));
        }
    }

    @Test
    void aStreamThatIsNotReadHoldsUpNoOtherOfItsConnectionAndIsEndedInTime() {
        // given streams that are read, and some that are not
        List<TlsStream> streams = client.open(Collections.nCopies(20, secure(APP, "/sse/slow")));
        List<TlsStream> stalled = streams.subList(0, 10);
        List<TlsStream> reading = streams.subList(10, 20);
        stalled.forEach(TlsStream::pause);

        // when six megabytes are sent
        String block = "x".repeat(16 * 1024);
        for (int burst = 0; burst < 4; burst++) {
            http.post(uri("/fire/slow?name=" + burst + "&count=100"), block);
        }

        // then those that are read have them all
        List<String> expected = Stream.of("0", "1", "2", "3")
                .flatMap(burst -> numbered(block, 100).stream())
                .toList();
        reading.forEach(stream -> assertEquals(
                expected,
                stream.transcript().awaitEvents(400, Duration.ofSeconds(20)).stream()
                        .map(ReceivedEvent::data)
                        .toList()));

        // and the others are ended, and those that are read are not
        Await.until("those that are read are left", Duration.ofSeconds(10), this::connections, count -> count == 10);
        http.post(uri("/fire/slow"), "end");
        reading.forEach(stream -> stream.transcript().awaitData("end"));

        // and have no hole in what they had
        for (TlsStream stream : stalled) {
            stream.resume();
            stream.transcript().awaitEnd(Duration.ofSeconds(10));
            List<String> had = stream.transcript().data();
            assertEquals(expected.subList(0, had.size()), had);
        }
    }

    @Test
    void aStreamThatIsLeftIsForgottenAndItsConnectionGoesOn() {
        Await.until("those of other tests are gone", Duration.ofSeconds(5), this::connections, count -> count == 0);
        List<TlsStream> streams = client.open(Collections.nCopies(STREAMS, secure(APP, "/sse/left")));
        Await.until("all are known", Duration.ofSeconds(5), this::connections, count -> count == STREAMS);

        // when most are left, then the server knows it after two heartbeats
        streams.subList(10, STREAMS).forEach(TlsStream::close);
        Await.until("ten are left", Duration.ofMillis(2800), this::connections, count -> count == 10);

        // and the others are as they were
        http.post(uri("/fire/left"), "It works");
        streams.subList(0, 10).forEach(stream -> stream.transcript().awaitData("It works"));
    }

    @Test
    void aStreamThatComesBackIsReplayed() {
        TlsStream first = client.open(secure(APP, "/sse/replayed"));
        first.transcript().awaitOpen();
        http.post(uri("/fire/replayed?count=3"), "seen");
        String id = first.transcript().awaitEvents(3).get(2).lastEventId();
        first.close();
        http.post(uri("/fire/replayed?count=100"), "missed");
        TlsStream second = client.open(secure(APP, "/sse/replayed"), id);
        second.transcript().awaitEvents(100);
        assertEquals(numbered("missed", 100), second.transcript().data());
    }

    @Test
    void aQuietStreamStaysOpenWhenItsBrowserSaysNothing() {
        TlsStream stream = client.open(secure(APP, "/sse/quiet"));
        stream.transcript().awaitOpen();
        stream.transcript()
                .await(
                        "ten heartbeats",
                        Duration.ofSeconds(15),
                        self -> self.lines().stream()
                                        .filter(line -> line.startsWith(":"))
                                        .count()
                                > 10);
        assertFalse(stream.transcript().hasEnded());
    }

    @Test
    void aStreamThatIsReadAgainGetsTheRestAtOnceNotWithTheNextHeartbeat() {
        // given a stream that has stopped to read, one that has not, and a next heartbeat that is far away
        deployer.deploy(GOING);
        List<TlsStream> streams = client.open(Collections.nCopies(2, secure(GOING, "/sse/again")));
        TlsStream stalled = streams.get(0);
        stalled.pause();

        // when events are sent one by one until the window of 64 KiB is full in the middle of the last, and it reads
        // again
        String block = "x".repeat(10_000);
        for (int i = 1; i <= 7; i++) {
            http.post(nodes.uri(GOING, "/fire/again"), block);
            streams.get(1).transcript().awaitEvents(i);
        }
        stalled.resume();

        // then it gets all of them
        stalled.transcript().awaitEvents(7, Duration.ofSeconds(5));
        deployer.undeploy(GOING);
    }

    @Test
    void undeployEndsEveryStreamWithinTwoSeconds() {
        deployer.deploy(GOING);
        List<TlsStream> streams = client.open(IntStream.range(0, STREAMS)
                .mapToObj(i -> secure(GOING, i % 10 == 0 ? "/time" : "/sse/going"))
                .toList());
        long begin = System.nanoTime();
        deployer.undeploy(GOING);
        long last = 0;
        for (TlsStream stream : streams) {
            long end = stream.transcript().awaitEnd(Duration.ofSeconds(10)).endNanos();
            last = Math.max(last, end);
        }
        Duration took = Duration.ofNanos(last - begin);
        assertTrue(took.toMillis() < 2000, "the last stream ended after " + took);
    }

    private URI secure(String deployment, String path) {
        URI plain = nodes.uri(deployment, path);
        return URI.create("https://127.0.0.1:" + System.getProperty("port.https") + plain.getRawPath());
    }

    private int connections() {
        return Integer.parseInt(http.get(uri("/diagnostics/connections")));
    }

    private static List<String> ids(List<ReceivedEvent> events) {
        return events.stream().map(ReceivedEvent::lastEventId).collect(Collectors.toList());
    }

    private static List<String> dataOf(List<ReceivedEvent> events, String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .map(ReceivedEvent::data)
                .toList();
    }

    private static List<String> numbered(String data, int count) {
        return IntStream.range(0, count).mapToObj(i -> data + "-" + i).toList();
    }
}
