package dev.siaran.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.guarded.GuardedStream;
import dev.siaran.it.publishing.NewsDoor;
import dev.siaran.it.support.Archives;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events that come from outside. */
class PublishResourceIT extends AbstractSuite {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TEXT = "text/plain;charset=UTF-8";

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.filtered("doors.war", Map.of("siaran.max-event-size", "1KiB"))
                .addPackage(GuardedStream.class.getPackage())
                .addPackage(NewsDoor.class.getPackage());
    }

    private HttpResponse<String> post(String path, String type, String body, String... more) {
        var headers = new ArrayList<>(List.of("Content-Type", type, "Accept", "*/*"));
        headers.addAll(List.of(more));
        return http.send("POST", uri(path), body, headers.toArray(String[]::new));
    }

    private static String login(String nameAndPassword) {
        return "Bearer " + Base64.getEncoder().encodeToString(nameAndPassword.getBytes(UTF_8));
    }

    private static void assertRefused(int status, String text, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response::body);
        assertEquals(text, response.body());
    }

    private static void assertAccepted(HttpResponse<String> response, Transcript stream, String type, String data) {
        assertEquals(202, response.statusCode(), response::body);
        assertTrue(response.headers().firstValue("Content-Type").orElse("none").startsWith(JSON), response::toString);
        ReceivedEvent event =
                stream.awaitData(data).events().get(stream.events().size() - 1);
        assertEquals(type, event.type());
        assertEquals("{\"id\":\"" + event.lastEventId() + "\"}", response.body());
    }

    @Test
    void anEventComesAsJsonAsAFormOrAsTextAndTheAnswerIsItsId() {
        Transcript stream = clients.open(uri("/sse/forms")).transcript().awaitOpen();
        String to = "/open-door?to=forms";

        assertAccepted(
                post(to, JSON, "{\"event\": \"headline\", \"data\": \"caf\\u00e9 新聞\"}"),
                stream,
                "headline",
                "café 新聞");
        assertAccepted(post(to, JSON, "{\"data\": {\"price\" : 1.50}}"), stream, "message", "{\"price\":1.50}");
        assertAccepted(post(to, FORM, "event=form&data=It+works%21"), stream, "form", "It works!");
        assertAccepted(post(to + "&event=text", TEXT, "café\n新聞"), stream, "text", "café\n新聞");
        assertAccepted(post("/open-door?to=forms", TEXT, "x".repeat(1024)), stream, "message", "x".repeat(1024));
    }

    @Test
    void whatNamesNoChannelGoesToTheDefaultChannel() {
        Transcript stream = clients.open(uri("/default")).transcript().awaitOpen();

        assertAccepted(post("/open-door", TEXT, "for all"), stream, "message", "for all");
    }

    @Test
    @Tag("filter-login")
    void onlyWhoHasTheRolePublishesAlsoToTheChannelOfAUser() {
        Transcript stream = clients.to(uri("/guarded/user/alice"))
                .header("Authorization", login("alice:wonderland"))
                .open()
                .transcript()
                .awaitOpen();

        String json = "{\"data\": \"for alice\"}";
        assertRefused(
                403,
                "Not for who is logged in",
                post("/door/user/alice", JSON, json, "Authorization", login("alice:wonderland")));
        assertAccepted(
                post("/door/user/alice", JSON, json, "Authorization", login("carol:press")),
                stream,
                "message",
                "for alice");
        assertEquals(1, stream.events().size(), stream::toString);
    }

    @Test
    void whoIsNotLoggedInIsAskedToLogIn() {
        assertRefused(401, "Only for those who are logged in", post("/open-door?to=closed", TEXT, "x"));
    }

    @Test
    void aPageOfAnotherSiteCannotPublishWithAFormOrText() {
        Transcript stream = clients.open(uri("/sse/sites")).transcript().awaitOpen();
        String own = uri("/").getScheme() + "://" + uri("/").getAuthority();
        String to = "/open-door?to=sites";

        for (String type : List.of(FORM, TEXT)) {
            assertEquals(
                    403,
                    post(to, type, "data=x", "Origin", "https://evil.example").statusCode());
            assertEquals(403, post(to, type, "data=x", "Origin", "null").statusCode());
            assertEquals(
                    403,
                    post(to, type, "data=x", "Origin", own, "Sec-Fetch-Site", "cross-site")
                            .statusCode());
            assertEquals(415, post(to, "multipart/form-data", "data=x").statusCode());
            assertEquals(202, post(to, type, "data=own", "Origin", own).statusCode());
        }

        assertEquals(
                List.of("own", "data=own"),
                stream.awaitEvents(2).stream().map(ReceivedEvent::data).toList());
    }

    @Test
    void aBodyWithoutATypeIsRefused() {
        // What a page of another site may send without being asked
        int status = http.send("POST", uri("/open-door"), "{\"data\": 1}", "Accept", "*/*")
                .statusCode();

        assertEquals(415, status);
    }

    @Test
    void whatIsTooLargeIsRefused() {
        assertRefused(
                413,
                "A body of more than 1024 bytes (siaran.max-event-size)",
                post("/open-door", TEXT, "x".repeat(1025)));
        assertRefused(
                413,
                "data has 1400 bytes; allowed are at most 1024 (siaran.max-event-size)",
                post("/open-door", "text/plain;charset=ISO-8859-1", "é".repeat(350)));
    }

    @Test
    void whatSaysThatItIsLargerThanAnIntegerIsRefusedUnread() throws IOException {
        URI door = uri("/open-door");
        String head = "POST " + door.getRawPath() + " HTTP/1.1\r\nHost: " + door.getAuthority()
                + "\r\nContent-Type: text/plain\r\nAccept: */*\r\nContent-Length: 3000000000\r\n\r\n";
        try (var socket = new Socket(door.getHost(), door.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(US_ASCII));

            String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();

            // RESTEasy looks at it first, and has 400 for a number that is none to it
            assertTrue(String.valueOf(status).matches("HTTP/1.1 (413|400) .*"), status);
        }
    }

    @Test
    void whatCannotBeUnderstoodIsABadRequestThatSaysWhy() {
        assertRefused(400, "data is missing", post("/open-door", JSON, "{}"));
        assertRefused(
                400,
                "the body has to be a JSON object with data, and perhaps event",
                post("/open-door", JSON, "{\"data\": "));
        assertRefused(400, "the JSON is nested deeper than 100", post("/open-door", JSON, "[".repeat(1000)));
        assertRefused(
                400,
                "name has a LF at position 1; allowed is text without CR, LF and NUL",
                post("/open-door", JSON, "{\"event\": \"a\\nb\", \"data\": 1}"));
        assertRefused(
                400,
                "name has 201 characters; allowed are at most 200",
                post("/open-door?event=" + "n".repeat(201), TEXT, "x"));
        assertEquals(400, post("/open-door?to=a*", TEXT, "x").statusCode());
        assertEquals(400, post("/open-door?to=..access", TEXT, "x").statusCode());
    }

    @Test
    void manyAtTheSameTimeAreAllAnsweredAndAllArrive() {
        Transcript stream = clients.open(uri("/sse/many")).transcript().awaitOpen();

        List<String> ids = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> post("/open-door?to=many", TEXT, "event-" + i))
                .map(response -> {
                    assertEquals(202, response.statusCode(), response::body);
                    return response.body();
                })
                .sorted()
                .toList();

        assertEquals(
                ids,
                stream.awaitEvents(50).stream()
                        .map(event -> "{\"id\":\"" + event.lastEventId() + "\"}")
                        .sorted()
                        .toList());
        assertTrue(ids.stream().distinct().count() == 50);
    }
}
