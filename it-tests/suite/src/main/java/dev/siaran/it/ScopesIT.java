package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beans of the request and of the session, asked while a client subscribes. */
class ScopesIT extends AbstractSuite {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("scopes.war", Map.of());
    }

    @Test
    void aBeanOfTheRequestCanBeAsked() {
        SseClient one = open("/request-channel", "X-Channel", "request-one");
        SseClient other = open("/request-channel", "X-Channel", "request-other");
        assertEachHasItsOwn("request", one, other);
    }

    @Test
    @Tag("session")
    void aBeanOfTheSessionCanBeAsked() {
        SseClient one = open("/session/stream", "Cookie", sessionWith("session-one"));
        SseClient other = open("/session/stream", "Cookie", sessionWith("session-other"));
        assertEachHasItsOwn("session", one, other);
    }

    private String sessionWith(String channel) {
        HttpResponse<String> response = http.send("POST", uri("/session"), channel, "Content-Type", "text/plain");
        return response.headers()
                .firstValue("Set-Cookie")
                .flatMap(cookie -> Stream.of(cookie.split(";")).findFirst())
                .orElseThrow(() -> new AssertionError("no session: " + response.headers()));
    }

    private SseClient open(String path, String header, String value) {
        SseClient client = clients.to(uri(path)).header(header, value).open();
        client.transcript().awaitOpen();
        return client;
    }

    private void assertEachHasItsOwn(String scope, SseClient one, SseClient other) {
        http.post(uri("/fire/" + scope + "-one"), "for one");
        http.post(uri("/fire/" + scope + "-other"), "for other");
        one.transcript().awaitEvents(1);
        other.transcript().awaitEvents(1);
        assertEquals(List.of("for one"), one.transcript().data());
        assertEquals(List.of("for other"), other.transcript().data());
    }
}
