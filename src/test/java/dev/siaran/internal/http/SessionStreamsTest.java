package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Holder;
import dev.siaran.internal.hub.Hub;
import dev.siaran.internal.hub.SlowPolicy;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.ws.rs.NotAuthorizedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionStreamsTest {

    /** A session of a container that has no more than this. */
    private static final class FakeSession implements InvocationHandler {

        final Map<String, Object> attributes = new HashMap<>();
        final Map<String, Object> ofApplication;
        String id;
        boolean invalid;

        FakeSession(String id, Map<String, Object> ofApplication) {
            this.id = id;
            this.ofApplication = ofApplication;
        }

        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            if (invalid) {
                throw new IllegalStateException("invalid");
            }
            return switch (method.getName()) {
                case "getId" -> id;
                case "getAttribute" -> attributes.get(arguments[0]);
                case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                case "getServletContext" -> fake(ServletContext.class, this::application);
                default -> throw new AssertionError(method);
            };
        }

        private Object application(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            return method.getName().equals("setAttribute")
                    ? ofApplication.put((String) arguments[0], arguments[1])
                    : ofApplication.get(arguments[0]);
        }

        HttpSession session() {
            return fake(HttpSession.class, this);
        }
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A request that fails the test if a session is to be made for it. */
    private static HttpServletRequest request(HttpSession session) {
        return fake(HttpServletRequest.class, (proxy, method, arguments) -> {
            assertEquals(List.of(false), List.of(arguments));
            return session;
        });
    }

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final Hub hub = new Hub(SiaranConfig.read(Settings.of(Map.of())), broker, System::nanoTime);
    private final Map<String, Object> application = new HashMap<>();
    private final FakeSession session = new FakeSession("0123456789abcdef", application);
    private final FakeSession other = new FakeSession("fedcba9876543210", application);

    @AfterEach
    void close() {
        hub.close();
        broker.close();
    }

    private String key(FakeSession of) {
        return SessionStreams.keyOf(request(of.session()), hub.leases());
    }

    @Test
    void withoutASessionNoneIsMade() {
        assertNull(SessionStreams.keyOf(request(null), hub.leases()));
    }

    @Test
    void whatStandsForASessionIsNotItsIdAndDoesNotChangeWithIt() {
        String key = key(session);
        session.id = "another";

        assertEquals(key, key(session));
        assertTrue(key.matches("[A-Za-z0-9_-]{43}"), key);
        assertNotEquals(key, key(other));
    }

    @Test
    void twoRequestsAtTheSameTimeAgree() {
        String key = key(session);
        session.attributes.clear();

        assertEquals(key, key(session));
    }

    @Test
    void aSessionThatEndsJustNowOpensNoStream() {
        session.invalid = true;

        assertThrows(NotAuthorizedException.class, () -> key(session));
    }

    @Test
    void theStreamsOfASessionEndWithIt() {
        var mine = hub.follow(
                List.of("a"),
                null,
                SlowPolicy.DISCONNECT,
                hub.leases().grant(new Holder(null, key(session), null), null));
        var others = hub.follow(
                List.of("a"),
                null,
                SlowPolicy.DISCONNECT,
                hub.leases().grant(new Holder(null, key(other), null), null));

        new SessionStreams().sessionDestroyed(new HttpSessionEvent(session.session()));

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (mine.isOpen() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        assertFalse(mine.isOpen());
        assertTrue(others.isOpen());
        others.close();
        assertFalse(others.isOpen());
    }

    @Test
    void aSessionWithoutAStreamAndOneThatCannotBeReadEndWithoutAWord() {
        new SessionStreams().sessionDestroyed(new HttpSessionEvent(session.session()));
        session.invalid = true;
        new SessionStreams().sessionDestroyed(new HttpSessionEvent(session.session()));

        assertEquals(Map.of(), application);
    }
}
