package dev.siaran.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.Transcript;
import dev.siaran.it.guarded.GuardedStream;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may listen: the resource, the application's policy and private channels. Alice is a reader, Bob is not. */
@Tag("filter-login")
class AccessIT extends AbstractSuite {

    private static final String ALICE = "alice:wonderland";
    private static final String BOB = "bob:builder";

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.filtered("access.war", Map.of()).addPackage(GuardedStream.class.getPackage());
    }

    private static String token(String login) {
        return "Bearer " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
    }

    private Transcript open(String path, String login) {
        return clients.to(uri(path))
                .header("Authorization", token(login))
                .open()
                .transcript();
    }

    private void assertOpens(String path, String login) {
        try (var client =
                clients.to(uri(path)).header("Authorization", token(login)).open()) {
            client.transcript().awaitOpen();
        }
    }

    private int status(String method, String path, String login) {
        return http.send(method, uri(path), "", "Accept", "text/event-stream", "Authorization", token(login))
                .statusCode();
    }

    private void awaitNoStream() {
        Await.until(
                "no stream is open, nor left over from other tests",
                Duration.ofSeconds(3),
                () -> http.get(uri("/diagnostics/connections")),
                "0"::equals);
    }

    @Test
    void theResourceDecidesForEachChannelOfAStream() {
        assertOpens("/guarded/secret", ALICE);
        assertOpens("/guarded/news?more=secret", ALICE);
        assertOpens("/guarded/news", BOB);

        assertEquals(403, status("GET", "/guarded/secret", BOB));
        assertEquals(403, status("GET", "/guarded/news?more=secret", BOB));
        assertEquals(403, status("HEAD", "/guarded/secret", BOB));
        awaitNoStream();
    }

    @Test
    void thePolicyDecidesByTheRoleOfWhoIsLoggedIn() {
        assertOpens("/guarded/embargoed", ALICE);

        assertEquals(403, status("GET", "/guarded/embargoed", BOB));
        assertEquals(403, status("GET", "/guarded/news?more=embargoed", BOB));
        assertEquals(500, status("GET", "/guarded/undecided", ALICE));
        awaitNoStream();
    }

    @Test
    void whatIsForOneUserReachesThatUserAlone() {
        Transcript alice = open("/own", ALICE).awaitOpen();
        Transcript bob = open("/own", BOB).awaitOpen();

        http.post(uri("/to-user/alice"), "for alice");
        http.post(uri("/to-user/bob"), "for bob");
        http.post(uri("/fire/news"), "for all");

        alice.awaitData("for all").awaitData("for alice");
        bob.awaitData("for all").awaitData("for bob");
        assertEquals(2, alice.events().size(), alice::toString);
        assertEquals(2, bob.events().size(), bob::toString);
    }

    @Test
    void nobodyGetsThePrivateChannelOfAnotherByAskingForIt() {
        assertOpens("/guarded/user/alice", ALICE);

        for (String path :
                List.of("/guarded/user/alice", "/guarded/user/alice/more", "/guarded/news?more=user/alice")) {
            assertEquals(403, status("GET", path, BOB), path);
        }
        assertEquals(401, statusOfNobody("/injected?channel=user/alice"));
        awaitNoStream();
    }

    private int statusOfNobody(String path) {
        return clients.open(uri(path)).transcript().awaitStatus().status();
    }

    @Test
    void aNameThatNoChannelHasIsRefusedWithWhatIsAllowed() {
        for (String name : List.of("a*", "a%3Fb", "%5Ba%5D", "a..b", "a%0Ab", "a%C2%9Bb")) {
            HttpResponse<String> refused =
                    http.send("GET", uri("/injected?channel=" + name), "", "Accept", "text/event-stream");
            assertEquals(400, refused.statusCode(), name);
            assertTrue(
                    refused.body().startsWith("channel is \"a")
                            || refused.body().startsWith("channel is \"[a"),
                    refused::body);
            assertTrue(
                    refused.body()
                            .endsWith(
                                    "allowed is a name of 1 to 200 characters without control characters, * ? [ ] \\ and .."),
                    refused::body);
        }
    }
}
