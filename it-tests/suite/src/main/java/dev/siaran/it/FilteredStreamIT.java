package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams behind servlet filters that do something to them. */
class FilteredStreamIT extends AbstractSuite {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.filtered("filtered.war", Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "flushing-gzip", "counted", "counted-carelessly", "not-async"})
    void aStreamGoesThrough(String filter) {
        // given a stream of a channel and one of the application's own, as browsers ask for them
        List<SseClient> streams = List.of(open("/sse/" + filter), open("/recorded/" + filter));
        streams.forEach(stream -> stream.transcript().awaitOpen());
        streams.get(1).transcript().awaitData(filter);

        // when more is fired than fits into buffers
        http.post(uri("/fire/" + filter + "?count=200"), "x".repeat(4096));

        // then it arrives at once
        List<String> data = streams.get(0).transcript().awaitEvents(200).stream()
                .map(event -> event.data().substring(4096))
                .toList();
        assertEquals(200, data.size());
        assertEquals("-0", data.get(0));
        assertEquals("-199", data.get(199));
        assertTrue(streams.stream().noneMatch(stream -> stream.transcript().hasEnded()), streams::toString);
    }

    private SseClient open(String path) {
        return clients.to(uri(path))
                .header("Accept-Encoding", "gzip, deflate, br")
                .open();
    }
}
