package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** How a stream begins, and the requests that do not become one. */
class HandshakeIT extends AbstractSuite {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("handshake.war", Map.of());
    }

    @Test
    void everyStreamCarriesTheHeadersThatKeepProxiesFromHoldingIt() {
        for (String path : List.of("/sse/news", "/default", "/application-scoped/news", "/time", "/text")) {
            Transcript transcript = clients.open(uri(path)).transcript().awaitOpen();
            assertEquals(200, transcript.status(), path);
            assertEquals("no-store, no-transform", transcript.header("Cache-Control"), path);
            assertEquals("no", transcript.header("X-Accel-Buffering"), path);
            assertTrue(transcript.header("Content-Type").startsWith("text/event-stream"), path + " " + transcript);
        }
    }

    @Test
    void headersOfTheApplicationsFiltersArriveOnStreams() {
        for (String path : List.of("/sse/news", "/time")) {
            Transcript transcript = clients.open(uri(path)).transcript().awaitOpen();
            assertEquals("https://example.org", transcript.header("Access-Control-Allow-Origin"), path);
        }
    }

    @Test
    void retryIsTheFirstFieldOfEveryStream() {
        for (String path : List.of("/sse/news", "/time")) {
            SseClient client = clients.open(uri(path));
            Transcript transcript = client.transcript()
                    .await(
                            "a field",
                            Duration.ofSeconds(5),
                            self -> self.lines().stream().anyMatch(line -> line.startsWith("retry")));
            String first = transcript.lines().stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith(":"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("retry: 2000", first, path);
        }
    }

    @Test
    void anIdleStreamShowsThatItLives() {
        Transcript transcript = clients.open(uri("/sse/idle")).transcript().awaitOpen();
        long before = comments(transcript);
        transcript.await("three heartbeats", Duration.ofSeconds(5), self -> comments(self) >= before + 3);
        assertFalse(transcript.hasEnded());
        assertEquals(List.of(), transcript.data());
    }

    private static long comments(Transcript transcript) {
        return transcript.lines().stream().filter(line -> line.startsWith(":")).count();
    }

    @Test
    void headIsAnsweredWithoutAStream() {
        for (String path : List.of("/sse/news", "/time")) {
            HttpResponse<String> response = http.send("HEAD", uri(path), "", "Accept", "text/event-stream");
            assertEquals(200, response.statusCode(), path);
            assertEquals("", response.body(), path);
        }
        Await.until(
                "no stream is open, nor left over from other tests",
                Duration.ofSeconds(3),
                () -> http.get(uri("/diagnostics/connections")),
                "0"::equals);
    }

    @Test
    void aClientThatWantsSomethingElseIsRefused() {
        assertEquals(406, status("GET", "/sse/news", "application/json"));
        assertEquals(405, status("POST", "/sse/news", "text/event-stream"));
    }

    @Test
    void aClientThatAcceptsAnythingGetsTheStream() {
        Transcript transcript = clients.to(uri("/sse/news"))
                .header("Accept", "*/*")
                .open()
                .transcript()
                .awaitOpen();
        assertEquals(200, transcript.status());
    }

    @Test
    void aChannelWithControlCharactersIsABadRequest() {
        assertEquals(400, status("GET", "/sse/a%0Ab", "text/event-stream"));
        assertEquals(400, status("GET", "/sse/a%0Db", "text/event-stream"));
        assertEquals(400, status("GET", "/sse/a%7Fb", "text/event-stream"));
    }

    @Test
    void aChannelMayHaveTwoHundredCharactersAndNoMore() {
        Transcript transcript =
                clients.open(uri("/sse/" + "a".repeat(200))).transcript().awaitOpen();
        assertEquals(200, transcript.status());
        assertEquals(400, status("GET", "/sse/" + "a".repeat(201), "text/event-stream"));
    }

    @Test
    void aChannelMayHaveLettersOfAnyScript() {
        SseClient client = clients.open(uri("/sse/caf%C3%A9%20%E6%96%B0%E8%81%9E"));
        client.transcript().awaitOpen();
        http.post(uri("/fire/caf%C3%A9%20%E6%96%B0%E8%81%9E"), "It works");
        client.transcript().awaitData("It works");
    }

    private int status(String method, String path, String accept) {
        return http.send(method, uri(path), "", "Accept", accept).statusCode();
    }
}
