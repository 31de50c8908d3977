package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Text on its way to a client that follows the WHATWG specification to the letter. */
class EncodingIT extends AbstractSuite {

    /** What is published, and what has to arrive. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("plain", "plain"),
            Map.entry("", ""),
            Map.entry("\n", "\n"),
            Map.entry("a\nb", "a\nb"),
            Map.entry("a\rb", "a\nb"),
            Map.entry("a\r\nb", "a\nb"),
            Map.entry("a\n\rb", "a\n\nb"),
            Map.entry("a\n\nb", "a\n\nb"),
            Map.entry("trailing\n", "trailing\n"),
            Map.entry("\nleading", "\nleading"),
            Map.entry(" leading space", " leading space"),
            Map.entry(
                    "data: injected\nevent: injected\n\nid: injected",
                    "data: injected\nevent: injected\n\nid: injected"),
            Map.entry(": no comment", ": no comment"),
            Map.entry(
                    "line\u2028paragraph\u2029tab\u000Bnext\u0085form\fend",
                    "line\u2028paragraph\u2029tab\u000Bnext\u0085form\fend"),
            Map.entry("nul\0inside", "nul\0inside"),
            Map.entry("\uFEFFbyte order mark", "\uFEFFbyte order mark"),
            Map.entry("emoji \uD83D\uDE00 and caf\u00E9", "emoji \uD83D\uDE00 and caf\u00E9"),
            Map.entry("x".repeat(200_000), "x".repeat(200_000)));

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("encoding.war", Map.of());
    }

    @Test
    void everyTextSurvivesTheWay() {
        SseClient client = clients.open(uri("/sse/texts"));
        client.transcript().awaitOpen();
        int sent = 0;
        for (var text : TEXTS.entrySet()) {
            http.post(uri("/publish/texts?name=t"), text.getKey());
            ReceivedEvent event = client.transcript().awaitEvents(++sent).get(sent - 1);
            assertEquals(text.getValue(), event.data());
            assertEquals("t", event.type());
        }
    }

    @Test
    void aStreamWritesEverythingThatTheFormatHas() {
        SseClient client = clients.open(uri("/text"));
        List<ReceivedEvent> events =
                client.transcript().awaitEnd(Duration.ofSeconds(5)).events();
        assertEquals(
                List.of(
                        "message unnamed  ",
                        "lines a|b|c|d  ",
                        "blank-lines a||b|  ",
                        "empty   ",
                        "bytes caf\u00E9  ",
                        "json {\"answer\":42}  ",
                        "with-id x id-1 ",
                        "keeps-id x id-1 ",
                        "without-id x  ",
                        "request seen nothing  "),
                events.stream()
                        .map(event ->
                                event.type() + " " + event.data().replace('\n', '|') + " " + event.lastEventId() + " ")
                        .toList());
        List<String> lines = client.transcript().lines();
        assertTrue(lines.containsAll(List.of(": one", ": two", "retry: 250")), lines.toString());
    }

    @Test
    void aLineBreakOrNulInANameIsRefusedAndTheMessageNamesTheField() {
        for (String name : List.of("a%0Ab", "a%0Db", "a%0D%0Adata:%20x", "a%00b")) {
            URI uri = uri("/publish/refused?name=" + name);
            HttpResponse<String> response = http.send("POST", uri, "x", "Content-Type", "text/plain");
            assertEquals(400, response.statusCode(), name);
            // A server may refuse a NUL in a URI before the application sees it
            if (!name.contains("%00")) {
                assertTrue(response.body().contains("name"), response.body());
            }
        }
    }
}
