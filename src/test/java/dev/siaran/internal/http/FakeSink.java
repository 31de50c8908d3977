package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client behind a Jakarta REST runtime that takes each event at once, or when the test lets it: with calls that wait for the
 * client, as Jersey's do, or with events that are sent later, as RESTEasy's are.
 */
class FakeSink implements SseEventSink {
    final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> closing = new CompletableFuture<>();
    volatile Error fault;

    /** How many calls are sending now. */
    final AtomicInteger sending = new AtomicInteger();

    /** How many calls have begun to send. */
    final AtomicInteger calls = new AtomicInteger();

    /** When events are sent, after the call has returned. */
    volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    /** What calls that send wait for. */
    volatile CountDownLatch sendWaits = new CountDownLatch(0);

    /** What calls that close wait for. */
    volatile CountDownLatch closeWaits = new CountDownLatch(0);

    /** Whether calls that wait take no notice of an interrupt. */
    volatile boolean deaf;

    volatile boolean closedWhileSending;

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
        calls.incrementAndGet();
        sending.incrementAndGet();
        try {
            await(sendWaits);
        } finally {
            sending.decrementAndGet();
        }
        return gate.thenRun(() -> taken.add((String) event.getData()));
    }

    private void await(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                if (!deaf) {
                    throw new CompletionException("broken off", e);
                }
            }
        }
    }

    @Override
    public void close() {
        closedWhileSending |= sending.get() > 0;
        try {
            await(closeWaits);
        } finally {
            closing.complete(null);
        }
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
