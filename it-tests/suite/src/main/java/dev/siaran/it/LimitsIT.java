package dev.siaran.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More than a client may have. The tests come from a trusted proxy: the machine itself. */
class LimitsIT extends AbstractSuite {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.filtered(
                "limits.war",
                Map.of(
                        "siaran.heartbeat", "200ms",
                        "siaran.max-streams", "6",
                        "siaran.max-streams-per-address", "2",
                        "siaran.max-streams-per-session", "2",
                        "siaran.max-streams-per-user", "1",
                        "siaran.max-new-streams", "1",
                        "siaran.max-channels-per-stream", "3",
                        "siaran.max-event-size", "1KiB"));
    }

    @BeforeEach
    void nothingIsLeftOfOtherTests() {
        Await.until(
                "no stream is open",
                Duration.ofSeconds(10),
                () -> http.get(uri("/diagnostics/connections")),
                "0"::equals);
    }

    private SseClient open(String path, String header, String value) {
        return clients.to(uri(path)).header(header, value).open();
    }

    private SseClient openFrom(String addresses) {
        return open("/sse/news", "X-Forwarded-For", addresses);
    }

    private static void assertRefused(int status, SseClient client) {
        Transcript refused = client.transcript().awaitStatus();
        assertEquals(status, refused.status());
        assertTrue(Integer.parseInt(refused.header("Retry-After")) >= 1, refused::toString);
    }

    @Test
    void anAddressGetsNoMoreStreamsThanAllowedUntilOneOfThemHasEnded() {
        SseClient first = openFrom("203.0.113.9");
        first.transcript().awaitOpen();
        openFrom("198.51.100.1, 203.0.113.9").transcript().awaitOpen();

        assertRefused(429, openFrom("203.0.113.9"));
        assertRefused(429, openFrom("203.0.113.8, 203.0.113.9, 127.0.0.1"));
        openFrom("203.0.113.10").transcript().awaitOpen();

        first.close();
        Await.until(
                "the place of the one that has left is free",
                Duration.ofSeconds(10),
                () -> openFrom("203.0.113.9").transcript().awaitStatus().status(),
                status -> status == 200);
    }

    @Test
    void whoComesFromAProxyThatNamesNobodyIsNotCountedByAddress() {
        for (int i = 0; i < 3; i++) {
            clients.open(uri("/sse/news")).transcript().awaitOpen();
            openFrom("10.0.0.7, 127.0.0.1").transcript().awaitOpen();
        }
    }

    @Test
    void aNodeThatHasAsManyStreamsAsItMayIsUnavailable() {
        List<SseClient> all = clients.open(uri("/sse/news"), 6);
        all.forEach(client -> client.transcript().awaitOpen());

        assertRefused(503, clients.open(uri("/sse/news")));
        assertRefused(503, clients.open(uri("/time")));
        for (String path : List.of("/sse/news", "/time")) {
            assertEquals(
                    503,
                    http.send("HEAD", uri(path), "", "Accept", "text/event-stream")
                            .statusCode(),
                    path);
        }

        http.post(uri("/fire/news"), "still there");
        all.forEach(client -> client.transcript().awaitData("still there"));
    }

    @Test
    void anAddressThatOpensStreamAfterStreamHasToWait() {
        Await.until(
                "too many in so short a time",
                Duration.ofSeconds(10),
                () -> http.send("HEAD", uri("/sse/news"), "", "X-Forwarded-For", "203.0.113.77")
                        .statusCode(),
                status -> status == 429);

        openFrom("203.0.113.78").transcript().awaitOpen();
    }

    @Test
    @Tag("filter-login")
    void aUserGetsNoMoreStreamsThanAllowed() {
        String alice = "Bearer " + Base64.getEncoder().encodeToString("alice:wonderland".getBytes(UTF_8));
        String bob = "Bearer " + Base64.getEncoder().encodeToString("bob:builder".getBytes(UTF_8));
        open("/sse/login", "Authorization", alice).transcript().awaitOpen();

        assertRefused(429, open("/sse/login", "Authorization", alice));

        open("/sse/login", "Authorization", bob).transcript().awaitOpen();
    }

    @Test
    void aSessionGetsNoMoreStreamsThanAllowed() {
        HttpResponse<String> begun = http.send("POST", uri("/http-session"), "600", "Content-Type", "text/plain");
        String cookie = begun.headers()
                .firstValue("Set-Cookie")
                .orElseThrow(() -> new AssertionError(begun.headers().toString()))
                .split(";")[0];
        open("/sse/news", "Cookie", cookie).transcript().awaitOpen();
        open("/time", "Cookie", cookie).transcript().awaitOpen();

        assertRefused(429, open("/sse/news", "Cookie", cookie));
        assertRefused(429, open("/time", "Cookie", cookie));

        clients.open(uri("/sse/news")).transcript().awaitOpen();
    }

    @Test
    void aStreamOfTooManyChannelsIsABadRequest() {
        HttpResponse<String> refused = http.send(
                "GET", uri("/injected?channel=a&channel=b&channel=c&channel=d"), "", "Accept", "text/event-stream");

        assertEquals(400, refused.statusCode());
        assertEquals("A stream of 4 channels; allowed are at most 3 (siaran.max-channels-per-stream)", refused.body());
        clients.open(uri("/injected?channel=a&channel=b&channel=c"))
                .transcript()
                .awaitOpen();
    }

    private void assertTooLargeToFire(String path) {
        Transcript stream = clients.open(uri("/sse/large")).transcript().awaitOpen();

        assertEquals(
                500,
                http.send("POST", uri(path), "x".repeat(1025), "Content-Type", "text/plain")
                        .statusCode());

        String largest = "x".repeat(1024);
        http.post(uri("/fire/large"), largest);
        assertEquals(
                List.of(largest),
                stream.awaitEvents(1).stream().map(event -> event.data()).toList());
    }

    @Test
    void whoFiresAnEventThatIsTooLargeIsToldAndNobodyGetsIt() {
        assertTooLargeToFire("/fire/large");
        assertTooLargeToFire("/fire/large/async");
        assertTooLargeToFire("/publish/large");
    }

    @Test
    @Tag("jta")
    void whoFiresItInsideOfATransactionIsToldAtOnceToo() {
        assertTooLargeToFire("/transaction/large/commit");
    }
}
