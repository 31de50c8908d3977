package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sinks that fail or are closed, and listeners that hear of it. */
class FailingSinkTest extends AbstractSinksTest {

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
}
