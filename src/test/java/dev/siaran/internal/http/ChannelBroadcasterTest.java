package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Hub;
import dev.siaran.internal.wire.FrameReader.Fields;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChannelBroadcasterTest {

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final SiaranConfig config = SiaranConfig.read(Settings.of(Map.of()));
    private final SseServer server = new SseServer(config, new Hub(config, broker, System::nanoTime));
    private final SseBroadcaster broadcaster = server.broadcaster(
            "news", event -> broker.publish(new Message("news", event.getName(), (String) event.getData())));

    @AfterEach
    void close() {
        server.close();
        broker.close();
    }

    private static OutboundSseEvent event(String data) {
        return new FrameEvent(new Fields("e", data, null, null, null));
    }

    private FakeSink register() {
        var sink = new FakeSink();
        broadcaster.register(sink);
        return sink;
    }

    @Test
    void everySinkGetsWhatIsBroadcastInOrder() throws InterruptedException {
        List<FakeSink> sinks = IntStream.range(0, 10).mapToObj(i -> register()).toList();

        for (int i = 0; i < 200; i++) {
            broadcaster.broadcast(event("" + i));
        }

        List<String> expected = IntStream.range(0, 200).mapToObj(i -> "" + i).toList();
        for (FakeSink sink : sinks) {
            assertEquals(expected, sink.take(200));
        }
    }

    @Test
    void aSinkThatStallsHoldsUpNobody() throws InterruptedException {
        FakeSink stalled = register();
        FakeSink other = register();
        stalled.gate = new CompletableFuture<>();

        for (int i = 0; i < 100; i++) {
            broadcaster.broadcast(event("" + i));
        }

        assertEquals(100, other.take(100).size());
        assertEquals(0, stalled.taken.size());
        stalled.gate.complete(null);
        assertEquals(100, stalled.take(100).size());
    }

    @Test
    void aSinkThatFailsIsReportedAndForgotten() throws Exception {
        var failed = new CompletableFuture<Throwable>();
        var closed = new CompletableFuture<SseEventSink>();
        broadcaster.onError((sink, failure) -> failed.complete(failure));
        broadcaster.onClose(closed::complete);
        FakeSink broken = register();
        broken.gate = CompletableFuture.failedFuture(new IOException("Broken pipe"));

        broadcaster.broadcast(event("1"));

        assertTrue(failed.get(10, TimeUnit.SECONDS).toString().contains("Broken pipe"));
        assertEquals(broken, closed.get(10, TimeUnit.SECONDS));
    }

    @Test
    void closingClosesTheSinksAndRefusesTheRest() throws Exception {
        FakeSink sink = register();

        broadcaster.close();

        sink.closing.get(10, TimeUnit.SECONDS);
        assertThrows(IllegalStateException.class, () -> broadcaster.broadcast(event("1")));
        assertThrows(IllegalStateException.class, () -> broadcaster.register(new FakeSink()));
        assertThrows(IllegalStateException.class, () -> broadcaster.onClose(closed -> {}));
    }

    @Test
    void closingWithoutCascadeLeavesTheSinksOpen() throws Exception {
        FakeSink sink = register();
        FakeSink witness = new FakeSink();
        SseBroadcaster other = server.broadcaster("news", event -> CompletableFuture.completedFuture(null));
        other.register(witness);

        broadcaster.close(false);
        broker.publish(new Message("news", "e", "later"));

        assertEquals(List.of("later"), witness.take(1));
        assertFalse(sink.isClosed());
        assertEquals(0, sink.taken.size());
    }
}
