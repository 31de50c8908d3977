package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many handshakes are served at a time. */
@Timeout(60)
class HandshakeGateTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final HttpServletResponse RESPONSE = fake(HttpServletResponse.class, Map.of());

    private final ExecutorService server = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void end() throws InterruptedException {
        over.countDown();
        server.shutdownNow();
        assertTrue(server.awaitTermination(10, TimeUnit.SECONDS));
    }

    /** Serves, on a thread of the server, one that lasts until the test says so; returns once that has begun. */
    private Future<?> hold(HandshakeGate gate) {
        var begun = new CompletableFuture<Void>();
        Future<?> handshake = server.submit(() -> {
            gate.pass(() -> {
                begun.complete(null);
                await();
            });
            return null;
        });
        begun.join();
        return handshake;
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void soManyAreServedAtATimeAndNoMore() throws Exception {
        var gate = new HandshakeGate(3, FOR_EVER);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(3);

        List<Future<Object>> handshakes = server.invokeAll(IntStream.range(0, 50)
                .mapToObj(i -> (Callable<Object>) () -> {
                    gate.pass(() -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        full.countDown();
                        awaitAll(full);
                        Thread.yield();
                        now.decrementAndGet();
                    });
                    return null;
                })
                .toList());
        for (Future<Object> handshake : handshakes) {
            handshake.get();
        }

        assertEquals(3, most.get());
    }

    private static void awaitAll(CountDownLatch all) throws IOException {
        try {
            all.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void whoWaitsForSomethingElseHoldsUpNobodyForLong() throws Exception {
        var gate = new HandshakeGate(1, Duration.ofMillis(1));
        hold(gate);
        var served = new AtomicInteger();

        gate.pass(served::incrementAndGet);

        assertEquals(1, served.get());
    }

    /** A stream of somebody else's keeps its thread until its client leaves. */
    @Test
    void whoStaysForLongHoldsUpOneAndNoMore() throws Exception {
        var gate = new HandshakeGate(1, Duration.ofMillis(1));
        hold(gate);

        gate.pass(() -> assertEquals(0, gate.free()));

        assertEquals(1, gate.free());
    }

    /** Else there would be one place more with each that stays for long. */
    @Test
    void whoHasLostItsPlaceGivesNoneBack() throws Exception {
        var gate = new HandshakeGate(1, Duration.ofMillis(1));
        Future<?> longOne = hold(gate);
        gate.pass(() -> {
            over.countDown();
            join(longOne);
            assertEquals(0, gate.free());
        });

        assertEquals(1, gate.free());
    }

    private static void join(Future<?> handshake) throws IOException {
        try {
            handshake.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    @Test
    void oneThatFailsGivesItsPlaceBack() throws Exception {
        var gate = new HandshakeGate(1, FOR_EVER);
        assertThrows(
                ServletException.class,
                () -> gate.pass(() -> {
                    throw new ServletException("on purpose");
                }));
        var served = new AtomicInteger();

        gate.pass(served::incrementAndGet);

        assertEquals(1, served.get());
    }

    @Test
    void oneThatIsInterruptedIsServedAndStaysInterrupted() throws Exception {
        var gate = new HandshakeGate(1, FOR_EVER);
        hold(gate);
        var interrupted = new AtomicInteger();

        server.submit(() -> {
                    Thread.currentThread().interrupt();
                    gate.pass(() -> interrupted.set(Thread.interrupted() ? 1 : 0));
                    return null;
                })
                .get();

        assertEquals(1, interrupted.get());
    }

    @Test
    void requestsForStreamsGoThroughItAndNoOthers() throws Exception {
        var gate = new HandshakeGate(1, FOR_EVER);
        var filter = new SiaranFilter(gate);
        hold(gate);
        var passed = new LinkedBlockingQueue<String>();

        var stream = server.submit(() -> {
            filter.doFilter(request("text/event-stream"), RESPONSE, (request, response) -> passed.add("stream"));
            return null;
        });
        filter.doFilter(request("text/html"), RESPONSE, (request, response) -> passed.add("page"));
        while (!gate.isAwaited()) {
            Thread.onSpinWait();
        }
        over.countDown();
        stream.get();

        assertEquals(List.of("page", "stream"), List.copyOf(passed));
    }

    private static HttpServletRequest request(String accept) {
        return fake(HttpServletRequest.class, Map.of("isAsyncSupported", true, "getHeader", accept));
    }

    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
