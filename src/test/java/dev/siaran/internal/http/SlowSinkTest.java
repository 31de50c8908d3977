package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sinks whose clients take nothing. */
class SlowSinkTest extends AbstractSinksTest {

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

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "" + i).toList();
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
