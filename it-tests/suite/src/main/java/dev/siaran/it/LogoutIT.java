package dev.siaran.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.guarded.GuardedStream;
import dev.siaran.it.support.Archives;
import dev.siaran.redis.RedisServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A logout on one node ends streams on the other, and those of nobody else. */
class LogoutIT extends AbstractSuite {

    private static final String ONE = "one";
    private static final String OTHER = "other";
    private static final long LIMIT_MILLIS = 1000;

    /** Begun before the archives, which carry its address. */
    private static final RedisServer REDIS = startRedis();

    private static RedisServer startRedis() {
        try {
            return RedisServer.start();
        } catch (Exception e) {
            throw new IllegalStateException("no Redis", e);
        }
    }

    @Deployment(name = ONE, testable = false)
    static WebArchive one() {
        return node("logout-one.war");
    }

    @Deployment(name = OTHER, testable = false)
    static WebArchive other() {
        return node("logout-other.war");
    }

    private static WebArchive node(String name) {
        return Archives.filtered(name, Map.of("siaran.broker", "redis", "siaran.redis.uri", REDIS.uri()))
                .addPackage(GuardedStream.class.getPackage());
    }

    @AfterAll
    static void redisEnds() throws Exception {
        REDIS.close();
    }

    @Test
    @Tag("filter-login")
    void theStreamsOfAUserEndOnTheOtherNodeWithinASecond() {
        // given two users, with streams on both nodes
        List<Transcript> alice = new ArrayList<>();
        List<Transcript> bob = new ArrayList<>();
        for (String node : List.of(ONE, OTHER, OTHER)) {
            alice.add(openAs("alice:wonderland", node));
            bob.add(openAs("bob:builder", node));
        }

        // and nodes that have done it before: the first time loads classes
        http.post(nodes.uri(ONE, "/revoke/user"), "nobody");

        // when one logs out on one node
        long begin = System.nanoTime();
        http.post(nodes.uri(ONE, "/revoke/user"), "alice");

        // then
        alice.forEach(stream -> assertEndsInTime(stream, begin));
        http.post(nodes.uri(ONE, "/to-user/bob"), "after");
        bob.forEach(stream -> stream.awaitData("after"));
    }

    @Test
    void theStreamsOfASessionEndOnTheOtherNodeWithinASecond() {
        // given a session that both nodes share, as far as Siaran sees it, and sessions of others
        String onOther = session(OTHER);
        Transcript stream = open(OTHER, onOther);
        String onOne = session(ONE);
        send("POST", ONE, "/http-session/key", send("GET", OTHER, "/http-session/key", "", onOther), onOne);
        List<Transcript> others = List.of(
                open(ONE, session(ONE)),
                open(OTHER, session(OTHER)),
                clients.open(nodes.uri(OTHER, "/sse/news")).transcript().awaitOpen());

        // when it ends on one node, where it has no stream
        long begin = System.nanoTime();
        send("POST", ONE, "/http-session/end", "", onOne);

        // then
        assertEndsInTime(stream, begin);
        http.post(nodes.uri(ONE, "/fire/news"), "after");
        others.forEach(other -> other.awaitData("after"));
    }

    private Transcript openAs(String login, String node) {
        String token = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
        return open(node, "/own", "Authorization", "Bearer " + token);
    }

    private Transcript open(String node, String cookie) {
        return open(node, "/sse/news", "Cookie", cookie);
    }

    private Transcript open(String node, String path, String header, String value) {
        SseClient client =
                clients.to(nodes.uri(node, path)).header(header, value).open();
        return client.transcript().awaitOpen();
    }

    private String session(String node) {
        HttpResponse<String> begun = http.send(
                "POST", nodes.uri(node, "/http-session"), "600", "Accept", "*/*", "Content-Type", "text/plain");
        assertEquals(2, begun.statusCode() / 100, begun::toString);
        return begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private String send(String method, String node, String path, String body, String cookie) {
        HttpResponse<String> response =
                http.send(method, nodes.uri(node, path), body, "Content-Type", "text/plain", "Cookie", cookie);
        assertEquals(2, response.statusCode() / 100, response::toString);
        return response.body();
    }

    private static void assertEndsInTime(Transcript stream, long begin) {
        long end = stream.awaitEnd(Duration.ofMillis(2 * LIMIT_MILLIS)).endNanos();
        long millis = Duration.ofNanos(end - begin).toMillis();
        assertTrue(millis < LIMIT_MILLIS, () -> "the stream has ended after " + millis + " ms");
    }
}
