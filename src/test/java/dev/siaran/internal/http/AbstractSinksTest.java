package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Hub;
import dev.siaran.internal.wire.FrameReader.Fields;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Sinks of a node with one shard, whose broadcasters and streams follow the channel "news". */
@Timeout(60)
abstract class AbstractSinksTest {

    static final Duration SOON = Duration.ofSeconds(5);

    final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    SseServer server = server("30s");
    final BlockingQueue<SseEventSink> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

    SseServer server(String maxLag) {
        SiaranConfig config = SiaranConfig.read(
                Settings.of(Map.of("siaran.transport", "sink", "siaran.shards", "1", "siaran.max-lag", maxLag)));
        return new SseServer(config, new Hub(config, broker, System::nanoTime));
    }

    @AfterEach
    void close() {
        server.close();
        broker.close();
    }

    SseBroadcaster broadcaster() {
        SseBroadcaster broadcaster = server.broadcaster(
                "news", event -> broker.publish(new Message("news", event.getName(), (String) event.getData())));
        broadcaster.onError((sink, failure) -> errors.add(failure));
        broadcaster.onClose(closed::add);
        return broadcaster;
    }

    static void send(SseBroadcaster broadcaster, int count) {
        for (int i = 0; i < count; i++) {
            broadcaster.broadcast(new FrameEvent(new Fields("e", "" + i, null, null, null)));
        }
    }

    void assertClosed(FakeSink sink) throws InterruptedException {
        assertEquals(sink, closed.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }
}
