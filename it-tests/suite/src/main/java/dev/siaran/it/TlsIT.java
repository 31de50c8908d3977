package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.DeafClient;
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
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams over TLS and HTTP/1.1, each with a connection of its own. For HTTP/2 see {@link Http2IT}. */
@Tag("tls")
class TlsIT extends AbstractSuite {

    private final TlsClient client = new TlsClient(Certificate.load().trusted(), Version.HTTP_1_1);

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app(
                "tls.war", Map.of("siaran.heartbeat", "30s", "siaran.max-lag", "20s", "siaran.log.max-bytes", "16MiB"));
    }

    @AfterEach
    void theClientLeaves() {
        client.close();
    }

    @Test
    void everyStreamGetsEveryEventOnceAndInOrderAtOnceOrWhenItReadsAgain() {
        // given streams that are read, and some that are not
        List<TlsStream> streams = client.open(Collections.nCopies(20, secure("/sse/news")));
        streams.forEach(stream -> assertEquals(Version.HTTP_1_1, stream.version()));
        streams.subList(0, 10).forEach(TlsStream::pause);

        // when six megabytes are sent
        String block = "x".repeat(16 * 1024);
        http.post(uri("/fire/news?count=400"), block);

        // then those that are read have them all, long before a heartbeat could push out what was left over
        List<String> expected =
                IntStream.range(0, 400).mapToObj(i -> block + "-" + i).toList();
        streams.subList(10, 20).forEach(stream -> assertHas(expected, stream));

        // and so have the others, once they read
        streams.subList(0, 10).forEach(TlsStream::resume);
        streams.subList(0, 10).forEach(stream -> assertHas(expected, stream));
    }

    @Test
    void aClientThatTakesNothingAndStaysKeepsNoConnection() {
        try (var deaf = DeafClient.open(secure("/sse/deaf"), Certificate.load().trusted())) {
            http.post(uri("/fire/deaf?count=400"), "x".repeat(16 * 1024));

            Await.until("the server has closed", Duration.ofSeconds(45), deaf::isCutOff, cut -> cut);
        }
    }

    private URI secure(String path) {
        return URI.create("https://127.0.0.1:" + System.getProperty("port.https")
                + uri(path).getRawPath());
    }

    private static void assertHas(List<String> expected, TlsStream stream) {
        List<ReceivedEvent> events = stream.transcript().awaitEvents(expected.size(), Duration.ofSeconds(15));
        assertEquals(expected, events.stream().map(ReceivedEvent::data).toList());
    }
}
