package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Hub;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client hears that opens more streams than it may. Here without a servlet, so nobody knows its address. */
@Timeout(60)
class TooManyStreamsTest {

    private static final Caller ALICE = new Caller("alice", null);
    private static final Caller NOBODY = new Caller(null, null);

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final SiaranConfig config = SiaranConfig.read(Settings.of(Map.of(
            "siaran.max-streams", "3",
            "siaran.max-streams-per-user", "1",
            "siaran.retry", "7s",
            "siaran.reconnect-spread", "3s",
            "siaran.transport", "sink")));
    private final SseServer server = new SseServer(config, new Hub(config, broker, System::nanoTime));

    @AfterEach
    void close() {
        server.close();
        broker.close();
    }

    private void follow(Caller caller, FakeFollower follower) {
        server.call(new FakeSink(), "GET", caller).follow(follower);
    }

    private static void assertRefused(int status, String text, Runnable call) {
        Response response =
                assertThrows(WebApplicationException.class, call::run).getResponse();
        assertEquals(status, response.getStatus());
        assertEquals(text, response.getEntity());
        long seconds = Long.parseLong(response.getHeaderString("Retry-After"));
        assertTrue(seconds >= 7 && seconds <= 10, response::toString);
    }

    @Test
    void aUserWithTooManyIsToldWhenToComeBack() {
        follow(ALICE, new FakeFollower("a"));

        String text = "Too many streams of this user (siaran.max-streams-per-user); come back later";
        assertRefused(429, text, () -> follow(ALICE, new FakeFollower("a")));
        assertRefused(429, text, () -> server.call(new FakeSink(), "GET", ALICE).stream("own", output -> {}));
        follow(NOBODY, new FakeFollower("a"));
        assertEquals(
                0,
                assertThrows(WebApplicationException.class, () -> follow(ALICE, new FakeFollower("a")))
                        .getStackTrace()
                        .length);
    }

    @Test
    void whoAsksForTheHeadHearsWhatTheStreamWouldAnswer() {
        follow(ALICE, new FakeFollower("a"));
        String text = "Too many streams of this user (siaran.max-streams-per-user); come back later";
        assertRefused(429, text, () -> head(ALICE).follow(new FakeFollower("a")));
        assertRefused(429, text, () -> head(ALICE).stream("own", output -> {}));

        var expired = new Caller("bob", Instant.EPOCH);
        assertThrows(NotAuthorizedException.class, () -> head(expired).follow(new FakeFollower("a")));
        assertThrows(NotAuthorizedException.class, () -> head(expired).stream("own", output -> {}));
    }

    private SubscribeCall head(Caller caller) {
        return server.call(new FakeSink(), "HEAD", caller);
    }

    @Test
    void aNodeWithTooManyIsUnavailable() {
        for (int i = 0; i < 3; i++) {
            follow(NOBODY, new FakeFollower("a"));
        }

        String text = "Too many streams on this server (siaran.max-streams); come back later";
        assertRefused(503, text, () -> follow(ALICE, new FakeFollower("a")));
    }

    @Test
    void whoIsRefusedForAnotherReasonOrAsksForTheHeadOnlyTakesNoPlace() {
        for (int i = 0; i < 10; i++) {
            assertThrows(
                    ForbiddenException.class, () -> follow(ALICE, new FakeFollower("a").admittedIf(channel -> false)));
            assertThrows(WebApplicationException.class, () -> follow(ALICE, new FakeFollower("a*")));
            head(ALICE).follow(new FakeFollower("a"));
            head(ALICE).stream("own", output -> {});
        }

        follow(ALICE, new FakeFollower("a"));
    }
}
