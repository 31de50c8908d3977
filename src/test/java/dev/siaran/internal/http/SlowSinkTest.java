package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Hub;
import dev.siaran.internal.wire.FrameReader.Fields;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sinks whose clients take nothing, or that fail, all of them of one shard. */
@Timeout(60)
class SlowSinkTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    /** How a runtime waits for its client. */
    enum Stall {
        IN_THE_CALL(sink -> sink.sendWaits = new CountDownLatch(1)),
        IN_THE_CALL_DEAF_TO_INTERRUPTS(sink -> {
            sink.deaf = true;
            sink.sendWaits = new CountDownLatch(1);
        }),
        AFTER_THE_CALL(sink -> sink.gate = new CompletableFuture<>()),
        AFTER_THE_CALL_AND_AT_THE_END(sink -> {
            sink.gate = new CompletableFuture<>();
            sink.closeWaits = new CountDownLatch(1);
        });

        private final Consumer<FakeSink> begin;

        Stall(Consumer<FakeSink> begin) {
            this.begin = begin;
        }

        private FakeSink sink() {
            var sink = new FakeSink();
            begin.accept(sink);
            return sink;
        }
    }

    private static void release(FakeSink sink) {
        sink.sendWaits.countDown();
        sink.closeWaits.countDown();
        sink.gate.complete(null);
    }

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private SseServer server = server("30s");
    private final BlockingQueue<SseEventSink> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

    private SseServer server(String maxLag) {
        SiaranConfig config = SiaranConfig.read(
                Settings.of(Map.of("siaran.transport", "sink", "siaran.shards", "1", "siaran.max-lag", maxLag)));
        return new SseServer(config, new Hub(config, broker, System::nanoTime));
    }

    @AfterEach
    void close() {
        server.close();
        broker.close();
    }

    private SseBroadcaster broadcaster() {
        SseBroadcaster broadcaster = server.broadcaster(
                "news", event -> broker.publish(new Message("news", event.getName(), (String) event.getData())));
        broadcaster.onError((sink, failure) -> errors.add(failure));
        broadcaster.onClose(closed::add);
        return broadcaster;
    }

    private static void send(SseBroadcaster broadcaster, int count) {
        for (int i = 0; i < count; i++) {
            broadcaster.broadcast(new FrameEvent(new Fields("e", "" + i, null, null, null)));
        }
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "" + i).toList();
    }

    private void assertClosed(FakeSink sink) throws InterruptedException {
        assertEquals(sink, closed.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void aSinkThatStallsHoldsUpNobodyOfItsShard(Stall stall) throws InterruptedException {
        // given a stalled client of a broadcaster, one of a stream, and one of each that takes all
        SseBroadcaster broadcaster = broadcaster();
        List<FakeSink> stalled = List.of(stall.sink(), stall.sink());
        List<FakeSink> others = List.of(new FakeSink(), new FakeSink());
        for (List<FakeSink> two : List.of(stalled, others)) {
            broadcaster.register(two.get(0));
            server.call(two.get(1), "GET", new Caller(null, null)).follow(new FakeFollower("news"));
        }

        // when events are sent, and more of them while the first ones wait
        send(broadcaster, 100);

        // then the others have them, and those that stall get them, too, once they take them
        for (FakeSink other : others) {
            assertEquals(numbers(100), other.take(100));
        }
        for (FakeSink sink : stalled) {
            assertEquals(0, sink.taken.size());
            release(sink);
            assertEquals(numbers(100), sink.take(100));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSinkThatIsTooSlowIsClosedAndForgottenAndHoldsUpNobodyThen(Stall stall) throws Exception {
        // given a sink that takes nothing while there is more
        server.close();
        server = server("200ms");
        SseBroadcaster broadcaster = broadcaster();
        FakeSink stalled = stall.sink();
        broadcaster.register(stalled);
        send(broadcaster, 1);
        Await.until("it is called", () -> stalled.calls.get() == 1);
        send(broadcaster, 1);

        // then the listeners hear of its end
        assertClosed(stalled);
        assertEquals(0, errors.size(), errors::toString);

        // and the others get their events
        FakeSink other = new FakeSink();
        broadcaster.register(other);
        send(broadcaster, 10);
        assertEquals(numbers(10), other.take(10));

        // and the sink is closed, after what was sent to it
        if (stall == Stall.IN_THE_CALL_DEAF_TO_INTERRUPTS) {
            release(stalled);
        }
        stalled.closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertFalse(stalled.closedWhileSending);

        // and is unknown to the broadcaster: it could be registered again, and ends again
        Await.until("one is left", () -> server.openConnections() == 1);
        broadcaster.register(stalled);
        send(broadcaster, 1);
        assertClosed(stalled);
        assertEquals(0, closed.size(), "each end is told once");
    }

    @Test
    void whatASinkThrowsIsToldToTheListeners() throws InterruptedException {
        SseBroadcaster broadcaster = broadcaster();
        var failure = new ArithmeticException("what no runtime throws");
        FakeSink broken = new FakeSink() {
            @Override
            public CompletionStage<?> send(OutboundSseEvent event) {
                throw failure;
            }
        };
        broadcaster.register(broken);

        send(broadcaster, 1);

        assertEquals(failure, errors.poll(SOON.toSeconds(), TimeUnit.SECONDS));
        assertClosed(broken);
        assertTrue(broken.isClosed());
    }

    @Test
    void whatASinkThrowsAtItsEndIsToldToTheListeners() throws InterruptedException {
        SseBroadcaster broadcaster = broadcaster();
        var failure = new IllegalStateException("undeployed");
        FakeSink broken = new FakeSink() {
            @Override
            public void close() {
                throw failure;
            }
        };
        broadcaster.register(broken);

        broadcaster.close();

        assertEquals(failure, errors.poll(SOON.toSeconds(), TimeUnit.SECONDS));
        assertClosed(broken);
    }

    @Test
    void aSinkThatTheApplicationHasClosedIsForgottenAtTheNextEvent() throws Exception {
        SseBroadcaster broadcaster = broadcaster();
        FakeSink sink = new FakeSink();
        broadcaster.register(sink);
        Await.until("it is open", () -> server.openConnections() == 1);
        sink.close();

        send(broadcaster, 1);

        assertClosed(sink);
        assertEquals(0, errors.size(), errors::toString);
        Await.until("nothing is open", () -> server.openConnections() == 0);
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() throws InterruptedException {
        SseBroadcaster broadcaster = server.broadcaster("news", event -> CompletableFuture.completedFuture(null));
        broadcaster.onClose(sink -> {
            throw new IllegalStateException("a mistake of the application");
        });
        broadcaster.onClose(closed::add);
        FakeSink sink = new FakeSink();
        broadcaster.register(sink);

        broadcaster.close();

        assertClosed(sink);
    }

    @Test
    void aListenerThatWaitsHoldsUpNobody() throws Exception {
        SseBroadcaster broadcaster = broadcaster();
        var waiting = new CountDownLatch(1);
        broadcaster.onClose(sink -> {
            try {
                waiting.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        FakeSink broken = new FakeSink();
        broken.gate = CompletableFuture.failedFuture(new IOException("Broken pipe"));
        FakeSink other = new FakeSink();
        broadcaster.register(broken);
        broadcaster.register(other);

        send(broadcaster, 1);
        assertClosed(broken);
        send(broadcaster, 1);

        assertEquals(2, other.take(2).size());
        waiting.countDown();
    }

    @Test
    void registeringOnceTheNodeHasStoppedClosesTheSink() throws Exception {
        SseBroadcaster broadcaster = broadcaster();
        server.close();
        FakeSink sink = new FakeSink();

        broadcaster.register(sink);

        sink.closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertClosed(sink);
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfTheNodeEndsWhatWaits(Stall stall) throws Exception {
        SseBroadcaster broadcaster = broadcaster();
        FakeSink stalled = stall.sink();
        broadcaster.register(stalled);
        FakeSink other = new FakeSink();
        broadcaster.register(other);
        send(broadcaster, 1);
        other.take(1);

        // what it takes for a sink that nothing ends is bounded
        long begun = System.nanoTime();
        server.close();
        assertTrue(System.nanoTime() - begun < SOON.toNanos());

        if (stall == Stall.IN_THE_CALL_DEAF_TO_INTERRUPTS) {
            release(stalled);
        }
        stalled.closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertFalse(stalled.closedWhileSending);
        Await.until(
                "the threads have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("siaran-writer-")));
    }

    @Test
    void aBroadcasterThatEndsLeavesASinkToTheThreadThatSends() throws Exception {
        SseBroadcaster broadcaster = broadcaster();
        // It takes no notice if this test is so slow that it is broken off
        FakeSink stalled = Stall.IN_THE_CALL_DEAF_TO_INTERRUPTS.sink();
        broadcaster.register(stalled);
        send(broadcaster, 1);
        Await.until("the call waits", () -> stalled.sending.get() == 1);

        broadcaster.close();
        assertFalse(stalled.isClosed());
        release(stalled);

        stalled.closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertClosed(stalled);
        assertEquals(List.of("0"), stalled.take(1));
        assertFalse(stalled.closedWhileSending);
    }
}
