package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client behind a Jakarta REST runtime that takes each event at once, or when the test lets it. */
final class FakeSink implements SseEventSink {
    final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> closing = new CompletableFuture<>();
    volatile Error fault;
    volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    @Override
    public boolean isClosed() {
        return closing.isDone();
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        if (fault != null) {
            throw fault;
        }
        if (event.getData() == null) {
            return CompletableFuture.completedFuture(null);
        }
        return gate.thenRun(() -> taken.add((String) event.getData()));
    }

    @Override
    public void close() {
        closing.complete(null);
    }

    List<String> take(int count) throws InterruptedException {
        var events = new ArrayList<String>();
        while (events.size() < count) {
            String event = taken.poll(10, TimeUnit.SECONDS);
            assertTrue(event != null, () -> "only " + events);
            events.add(event);
        }
        return events;
    }
}
