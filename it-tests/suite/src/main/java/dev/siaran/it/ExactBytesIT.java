package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * The same events are the same bytes on every server. Blank lines before the first byte are RESTEasy's and mean nothing;
 * the opening comment goes through the server's Jakarta REST.
 */
class ExactBytesIT extends AbstractSuite {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("exact.war", Map.of("siaran.heartbeat", "1m"));
    }

    @Test
    void aStreamOfOnesOwnHasTheSameBytesOnEveryServer() {
        SseClient client = clients.open(uri("/exact"));
        client.transcript().awaitEnd(Duration.ofSeconds(5));

        String expected = """
                : welcome

                retry: 2000

                data: unnamed

                event: named
                data: data

                event: lines
                data: one
                data: two
                data: three
                data: four

                event: blank-lines
                data:\s
                data: a
                data:\s
                data: b
                data:\s

                event: empty
                data:\s

                event: unicode
                data: caf\u00e9 \u65b0\u805e \u2028 \ud83d\ude00

                event: latin
                data: caf\u00e9

                event: json
                data: {"answer":42}

                event: space
                data:  led by a space: and a colon

                : a comment
                : of two lines

                event: with-id
                data: x
                id: id-1

                id

                retry: 250

                event: last
                data: end

                """;
        assertEquals(expected, client.transcript().body().stripLeading());
    }

    @Test
    void aChannelHasTheSameBytesOnEveryServer() {
        SseClient client = clients.open(uri("/sse/exact"));
        client.transcript().awaitOpen();
        String headline = publish("?name=headline", "It works");
        String lines = publish("", "one\n\ntwo \ud83d\ude00");
        String empty = publish("?name=empty", "\n");
        client.transcript().awaitEvents(3);

        String expected = """
                : welcome

                retry: 2000

                id: -

                event: headline
                data: It works
                id: %s

                data: one
                data:\s
                data: two \ud83d\ude00
                id: %s

                event: empty
                data:\s
                data:\s
                id: %s

                """.formatted(headline, lines, empty);
        assertEquals(expected, client.transcript().body().stripLeading());
    }

    private String publish(String query, String data) {
        return http.post(uri("/publish/exact" + query), data);
    }
}
