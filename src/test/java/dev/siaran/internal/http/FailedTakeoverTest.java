package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Hub;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that cannot be taken over. An address, and a user, may have one stream here, so that each place has to be given back. */
@Timeout(60)
class FailedTakeoverTest {

    private static final Caller NOBODY = new Caller(null, null);

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final SiaranConfig config = SiaranConfig.read(Settings.of(Map.of(
            "siaran.max-streams-per-address", "1",
            "siaran.max-streams-per-user", "1",
            "siaran.heartbeat", "100ms",
            "siaran.max-new-streams", "0")));
    private final Hub hub = new Hub(config, broker, System::nanoTime);
    private final SseServer server = new SseServer(config, hub);
    private final FakeSink sink = new FakeSink();

    private boolean asyncStarted = true;
    private int status = HttpServletResponse.SC_OK;
    private @Nullable Throwable onOutput = new IllegalStateException("the writer is in use");
    private String endedAt = "";
    private boolean completed;

    @AfterEach
    void close() {
        server.close();
        broker.close();
    }

    /** A container that knows no more than this. */
    private <T> T container(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getMethod" -> "GET";
                        case "getRemoteAddr" -> "203.0.113.9";
                        case "getHeaders" -> Collections.enumeration(List.of());
                        case "getSession", "getHeader", "setHeader" -> null;
                        case "isAsyncStarted" -> asyncStarted;
                        case "getStatus" -> status;
                        case "getOutputStream" -> output();
                        case "getAsyncContext" -> async();
                        case "hashCode" -> 1;
                        case "equals" -> proxy == arguments[0];
                        default -> throw new AssertionError(method);
                    };
                }));
    }

    private ServletOutputStream output() throws Throwable {
        if (onOutput != null) {
            throw onOutput;
        }
        return new ServletOutputStream() {
            @Override
            public void write(int octet) {}

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new NoClassDefFoundError("what a container loads late");
            }
        };
    }

    /** That of a request which may have ended by the time that a method is called. */
    private AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(endedAt)) {
                        throw new IllegalStateException("the request has ended");
                    }
                    completed |= method.getName().equals("complete");
                    return null;
                });
    }

    /** What comes after the resource. */
    private interface Rest {
        void run() throws ServletException;
    }

    private void request(Rest more) throws Exception {
        new ServletExchange(
                        container(HttpServletRequest.class),
                        container(HttpServletResponse.class),
                        ServerQuirk.None.INSTANCE,
                        () -> {
                            throw new AssertionError("no beans here");
                        })
                .pass((request, response) -> {
                    server.call(sink, "GET", NOBODY).follow(new FakeFollower("a"));
                    more.run();
                });
    }

    private void assertPlaceIsFree() throws Exception {
        Await.until("the stream has ended", () -> {
            try {
                // Refused, or ended in the same way
                asyncStarted = false;
                request(() -> {});
                return true;
            } catch (WebApplicationException refused) {
                assertEquals(429, refused.getResponse().getStatus());
                return false;
            }
        });
    }

    @Test
    void aRequestThatIsAnsweredAtOnceLeavesNoStream() throws Exception {
        asyncStarted = false;

        request(() -> {});

        assertPlaceIsFree();
    }

    @Test
    void aRequestThatIsAnsweredWithAnErrorLeavesNoStream() throws Exception {
        status = 500;

        request(() -> {});

        assertPlaceIsFree();
    }

    @Test
    void aRuntimeThatFailsAfterTheResourceLeavesNoStream() throws Exception {
        assertThrows(
                ServletException.class,
                () -> request(() -> {
                    throw new ServletException("a filter failed");
                }));

        assertPlaceIsFree();
    }

    @Test
    void whereTheOutputCannotBeHadTheSinkHasTheStreamUntilItsEnd() throws Exception {
        request(() -> {});
        assertEquals(
                429,
                assertThrows(WebApplicationException.class, () -> request(() -> {}))
                        .getResponse()
                        .getStatus());

        sink.close();

        assertPlaceIsFree();
    }

    @Test
    void aContainerThatFailsInAWayNobodyKnowsLeavesNoStream() throws Exception {
        onOutput = new ArrayStoreException("what no container throws");
        assertThrows(ArrayStoreException.class, () -> request(() -> {}));

        assertPlaceIsFree();
    }

    @Test
    void aContainerOfWhichAClassIsMissingLeavesNoStream() throws Exception {
        onOutput = new NoClassDefFoundError("what a container loads late");
        assertThrows(NoClassDefFoundError.class, () -> request(() -> {}));

        assertPlaceIsFree();
    }

    @Test
    void aResponseThatIsTakenOverInPartIsCompleted() throws Exception {
        onOutput = null;

        assertThrows(NoClassDefFoundError.class, () -> request(() -> {}));

        assertTrue(completed);
        assertEquals(0, server.openResponses());
        assertPlaceIsFree();
    }

    @Test
    void aRuntimeOfWhichAClassIsMissingLeavesNoStream() throws Exception {
        var alice = new Caller("alice", null);
        var broken = new FakeSink();
        broken.fault = new NoClassDefFoundError("what a runtime loads late");
        assertThrows(
                NoClassDefFoundError.class,
                () -> server.call(broken, "GET", alice).follow(new FakeFollower("a")));

        Await.until("the stream has ended", () -> {
            try {
                server.call(sink, "GET", alice).follow(new FakeFollower("a"));
                return true;
            } catch (WebApplicationException refused) {
                assertEquals(429, refused.getResponse().getStatus());
                return false;
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"setTimeout", "addListener"})
    void aResponseThatEndsBeforeItIsTakenOverIsNotWaitedFor(String call) throws Exception {
        onOutput = null;
        endedAt = call;

        request(() -> {});

        assertEquals(0, server.openResponses());
        sink.close();
        assertPlaceIsFree();
    }
}
