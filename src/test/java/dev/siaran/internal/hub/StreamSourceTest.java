package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.wire.FrameEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamSourceTest {

    private final Hub hub = new Hub(SiaranConfig.read(Settings.of(Map.of())), new FakeBroker(), System::nanoTime);
    private final StreamSource source = hub.stream();
    private final Connection connection =
            hub.connect(source, "/time", hub.leases().grant(Holder.NOBODY, null));

    @AfterEach
    void close() {
        hub.close();
    }

    private static byte[] event(String data) {
        return FrameEncoder.event(null, data, null).bytes();
    }

    @Test
    void whatIsSentArrivesInOrderAfterTheRetry() throws InterruptedException {
        FakeOutlet client = FakeOutlet.open(connection);

        for (int i = 0; i < 100; i++) {
            assertTrue(source.send(event("" + i)));
        }

        assertEquals("99", client.awaitEvents(100).get(99));
        assertTrue(client.text().startsWith("retry: 2000\n\n"));
    }

    @Test
    void aSlowClientHoldsBackWhoSendsToIt() throws Exception {
        FakeOutlet client = FakeOutlet.openStalled(connection);
        var sent = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var sender = CompletableFuture.supplyAsync(() -> {
            begun.countDown();
            try {
                while (sent.get() < 3 && source.send(event("x"))) {
                    sent.incrementAndGet();
                }
                return sent.get();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();

        assertThrows(java.util.concurrent.TimeoutException.class, () -> sender.get(200, TimeUnit.MILLISECONDS));
        assertEquals(0, sent.get());

        client.resume();
        assertEquals(3, sender.get(10, TimeUnit.SECONDS));
    }

    @Test
    void theThreadIsInterruptedAndTheNextSendRefusedWhenTheClientLeaves() throws Exception {
        FakeOutlet.open(connection);
        var paused = new CountDownLatch(1);
        var open = new CompletableFuture<Boolean>();
        Thread thread = new Thread(() -> {
            try {
                paused.countDown();
                source.pause(Duration.ofHours(1));
                open.complete(source.send(event("x")));
            } catch (InterruptedException e) {
                open.completeExceptionally(e);
            }
        });
        source.runsOn(thread);
        thread.start();
        paused.await();

        connection.lost(null);

        assertFalse(open.get(10, TimeUnit.SECONDS));
        thread.join(10_000);
        assertFalse(thread.isAlive());
    }

    @Test
    void aThreadThatWaitsForSomethingElseIsInterruptedToo() throws Exception {
        FakeOutlet.open(connection);
        var interrupted = new CompletableFuture<Boolean>();
        Thread thread = new Thread(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        source.runsOn(thread);
        thread.start();

        hub.close();

        assertTrue(interrupted.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aStreamThatIsDoneEndsTheResponseAfterItsLastEvent() throws InterruptedException {
        FakeOutlet client = FakeOutlet.open(connection);
        source.send(event("last"));

        source.end();

        client.awaitClosed();
        assertEquals(List.of("last"), client.data());
        assertFalse(source.send(event("too late")));
    }

    @Test
    void anInterruptOfAnOpenStreamIsTheApplicationsOwn() {
        FakeOutlet.open(connection);
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> source.pause(Duration.ofHours(1)));
    }
}
