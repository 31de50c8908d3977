package dev.siaran.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.secured.ReadersStream;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Roles by {@code @RolesAllowed} on the resource; the subclass says who asks for the login, and by what scheme. */
abstract class AbstractSecurity extends AbstractSuite {

    /** Both Jakarta REST implementations know {@code @RolesAllowed}, when told to. */
    static final String ROLES_ALLOWED = """
            <context-param>
              <param-name>resteasy.role.based.security</param-name>
              <param-value>true</param-value>
            </context-param>
            <context-param>
              <param-name>jersey.config.server.provider.classnames</param-name>
              <param-value>org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature</param-value>
            </context-param>
            """;

    private final String scheme;

    AbstractSecurity(String scheme) {
        this.scheme = scheme;
    }

    static WebArchive secured(WebArchive archive, String more) {
        String webXml = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + ROLES_ALLOWED + more
                + "</web-app>";
        return archive.addPackage(ReadersStream.class.getPackage()).setWebXML(new StringAsset(webXml));
    }

    Transcript open(String path, String login) {
        String encoded = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
        SseClient client = clients.to(uri(path))
                .header("Authorization", scheme + " " + encoded)
                .open();
        return client.transcript().awaitStatus();
    }

    private void awaitNoStream() {
        Await.until(
                "no stream is open, nor left over from other tests",
                Duration.ofSeconds(3),
                () -> http.get(uri("/diagnostics/connections")),
                "0"::equals);
    }

    @Test
    void aClientWithoutALoginIsAskedForOneAndGetsNoStream() {
        for (String path : List.of("/readers/news", "/readers/other")) {
            Transcript refused = clients.open(uri(path)).transcript().awaitStatus();
            assertEquals(401, refused.status(), path);
            assertTrue(refused.header("WWW-Authenticate").startsWith(scheme), path);
            assertEquals(401, open(path, "alice:guessed").status(), path);
        }
        awaitNoStream();
    }

    @Test
    void aUserWithoutTheRoleIsRefused() {
        assertEquals(403, open("/readers/news", "bob:builder").status());
        awaitNoStream();
    }

    @Test
    void aUserWithTheRoleGetsTheStreamWhichKnowsTheUser() {
        Transcript stream = open("/readers/news", "alice:wonderland").awaitOpen();
        assertEquals("https://example.org", stream.header("Access-Control-Allow-Origin"));

        http.post(uri("/fire/news"), "for readers");
        stream.awaitData("for readers");
        http.post(uri("/fire/user-bob"), "for bob");
        http.post(uri("/fire/user-alice"), "for alice");
        stream.awaitData("for alice");
        assertEquals(List.of("for readers", "for alice"), stream.data());
    }
}
