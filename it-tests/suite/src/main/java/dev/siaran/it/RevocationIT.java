package dev.siaran.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.guarded.GuardedStream;
import dev.siaran.it.support.Archives;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams that end because their clients may not listen any more, or perhaps not. */
@Tag("filter-login")
class RevocationIT extends AbstractSuite {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.filtered("revocation.war", Map.of()).addPackage(GuardedStream.class.getPackage());
    }

    private Transcript open(String path, String header, String value) {
        return clients.to(uri(path)).header(header, value).open().transcript().awaitOpen();
    }

    private Transcript openAs(String login, String path) {
        return open(path, "Authorization", "Bearer " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
    }

    private HttpResponse<String> post(String path, String body, String cookie) {
        HttpResponse<String> response =
                http.send("POST", uri(path), body, "Content-Type", "text/plain", "Cookie", cookie);
        assertTrue(response.statusCode() / 100 == 2, response::toString);
        return response;
    }

    private String session(int seconds) {
        return cookie(post("/http-session", "" + seconds, "none=none"));
    }

    private static String cookie(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("JSESSIONID"))
                .map(cookie -> cookie.split(";")[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no session: " + response.headers()));
    }

    @Test
    void theStreamsOfARevokedUserEndAndNoOthers() {
        Transcript alice = openAs("alice:wonderland", "/own");
        Transcript recorded = openAs("alice:wonderland", "/recorded/login");
        Transcript bob = openAs("bob:builder", "/own");
        Transcript nobody = clients.open(uri("/sse/news")).transcript().awaitOpen();

        http.post(uri("/revoke/user"), "alice");

        alice.awaitEnd(AT_ONCE);
        recorded.awaitEnd(AT_ONCE);
        http.post(uri("/fire/news"), "after");
        bob.awaitData("after");
        nobody.awaitData("after");
    }

    @Test
    void theStreamsOfARevokedChannelEndAndMissNothing() {
        SseClient client = clients.to(uri("/injected?channel=first&channel=second"))
                .reconnecting()
                .open();
        client.transcript().awaitOpen();
        http.post(uri("/fire/first"), "before");
        client.transcript().awaitData("before");

        http.post(uri("/revoke/channel"), "second");
        client.transcript().await("the stream has ended", AT_ONCE, Transcript::hasEnded);
        http.post(uri("/fire/first"), "meanwhile");

        client.transcript()
                .await(
                        "what was missed",
                        Duration.ofSeconds(15),
                        self -> self.data().contains("meanwhile"));
        assertEquals(List.of("before", "meanwhile"), client.transcript().data());
    }

    @Test
    void aStreamEndsWithItsSession() {
        String cookie = session(600);
        Transcript stream = open("/sse/news", "Cookie", cookie);
        Transcript other = open("/sse/news", "Cookie", session(600));
        Transcript without = clients.open(uri("/sse/news")).transcript().awaitOpen();

        post("/http-session/end", "", cookie);

        stream.awaitEnd(AT_ONCE);
        http.post(uri("/fire/news"), "after");
        other.awaitData("after");
        without.awaitData("after");
    }

    @Test
    void aStreamEndsWithASessionWhoseIdHasChanged() {
        String cookie = session(600);
        Transcript stream = open("/sse/news", "Cookie", cookie);
        String changed = cookie(post("/http-session/id", "", cookie));
        Transcript later = open("/sse/news", "Cookie", changed);

        post("/http-session/end", "", changed);

        stream.awaitEnd(AT_ONCE);
        later.awaitEnd(AT_ONCE);
    }

    @Test
    @Tag("session-timeout")
    void aStreamEndsWhenItsSessionTimesOut() {
        Transcript stream = open("/sse/news", "Cookie", session(2));
        Transcript without = clients.open(uri("/sse/news")).transcript().awaitOpen();

        stream.awaitEnd(Duration.ofSeconds(90));
        assertFalse(without.hasEnded());
    }

    @Test
    void aStreamMakesNoSession() {
        Transcript stream = clients.open(uri("/sse/news")).transcript().awaitOpen();

        assertEquals("", stream.header("Set-Cookie"));
        assertEquals("false", http.get(uri("/http-session")));
    }

    @Test
    void aStreamEndsWhenWhatItsClientHasShownExpires() {
        Transcript stream =
                clients.open(uri("/expiring/news?in=1500")).transcript().awaitOpen();
        Transcript without = clients.open(uri("/expiring/news")).transcript().awaitOpen();

        stream.awaitEnd(Duration.ofMillis(3500));
        Duration sinceRequest = stream.openedAfter().plus(stream.openFor());
        assertTrue(sinceRequest.toMillis() >= 1450, () -> "ended after " + sinceRequest);
        assertFalse(without.hasEnded());
        assertEquals(
                401,
                clients.open(uri("/expiring/news?in=-1"))
                        .transcript()
                        .awaitStatus()
                        .status());
    }
}
