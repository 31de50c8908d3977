package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.FrameEncoder;
import dev.siaran.spi.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written to a sink. */
@Timeout(60)
class SinkOutletTest {

    private final BlockingWriters writers = new BlockingWriters();
    private final FakeSink sink = new FakeSink();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final SinkOutlet outlet = new SinkOutlet(sink, writers, failure -> ended.complete(failure == null));

    @AfterEach
    void close() {
        writers.close();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "" + i).toList();
    }

    private void write(int count) throws IOException {
        write(outlet, count);
    }

    /** Writes events at once, as a shard does that has found them side by side in a log. */
    private static void write(SinkOutlet outlet, int count) throws IOException {
        var run = new ByteArrayOutputStream();
        numbers(count)
                .forEach(data ->
                        run.writeBytes(FrameEncoder.event(null, data, null).bytes()));
        outlet.write(run.toByteArray(), 0, run.size());
    }

    private void awaitReady() throws Exception {
        Await.until("it is ready", outlet::isReady);
    }

    @Test
    void thousandsOfTinyEventsInOneRunArriveInOrder() throws Exception {
        write(50_000);

        assertEquals(numbers(50_000), sink.take(50_000));
        awaitReady();
    }

    @Test
    void thousandsOfTinyEventsThatWereWaitedForArriveInOrder() throws Exception {
        sink.gate = new CompletableFuture<>();
        write(50_000);

        sink.gate.complete(null);

        assertEquals(numbers(50_000), sink.take(50_000));
        awaitReady();
    }

    @Test
    void anEventThatIsSentBeforeTheCallReturnsIsNotFollowedByAnother() throws Exception {
        sink.sendWaits = new CountDownLatch(1);
        write(2);
        Await.until("the call waits", () -> sink.sending.get() == 1);
        assertFalse(outlet.isReady());
        assertThrows(IOException.class, () -> write(1));

        sink.sendWaits.countDown();

        assertEquals(numbers(2), sink.take(2));
        awaitReady();
    }

    @Test
    void anEventThatIsSentAfterTheCallIsNotFollowedByAnother() throws Exception {
        sink.gate = new CompletableFuture<>();
        write(2);
        Await.until("the call has returned", () -> sink.calls.get() == 1 && sink.sending.get() == 0);
        assertFalse(outlet.isReady());

        sink.gate.complete(null);

        assertEquals(numbers(2), sink.take(2));
        assertEquals(2, sink.calls.get());
        awaitReady();
    }

    @Test
    void eventsThatAreSentAfterTheCallKeepNoThreadWaiting() throws Exception {
        // given more of them than there are threads at most
        var gate = new CompletableFuture<Void>();
        List<FakeSink> waiting = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            FakeSink one = new FakeSink();
            one.gate = gate;
            waiting.add(one);
            write(new SinkOutlet(one, writers), 2);
        }

        // when another one is to be sent, then it is
        write(1);
        assertEquals(numbers(1), sink.take(1));

        // and they are, too, once the runtime goes on
        gate.complete(null);
        for (FakeSink one : waiting) {
            assertEquals(numbers(2), one.take(2));
        }
    }

    @Test
    void whatAThreadIsSendingIsSentBeforeTheEnd() throws Exception {
        // It takes no notice if this test is so slow that it is broken off
        sink.deaf = true;
        sink.sendWaits = new CountDownLatch(1);
        write(100);
        Await.until("the call waits", () -> sink.sending.get() == 1);
        outlet.close();
        sink.sendWaits.countDown();

        assertEquals(numbers(100), sink.take(100));
        assertTrue(ended.get(10, TimeUnit.SECONDS));
        assertTrue(sink.isClosed());
        assertThrows(IOException.class, () -> write(1), "nothing is sent after the end");
    }

    @Test
    void aClientThatDoesNotTakeTheRestIsCutOff() throws Exception {
        sink.sendWaits = new CountDownLatch(1);
        write(100);
        Await.until("the call waits", () -> sink.sending.get() == 1);

        outlet.close();

        sink.closing.get(10, TimeUnit.SECONDS);
        assertFalse(sink.closedWhileSending);
    }

    @Test
    void nothingMoreIsSentToASinkThatIsAbandoned() throws Exception {
        sink.deaf = true;
        sink.sendWaits = new CountDownLatch(1);
        write(100);
        Await.until("the call waits", () -> sink.sending.get() == 1);

        outlet.abandon();
        outlet.abandon();
        assertTrue(ended.get(10, TimeUnit.SECONDS), "the end is told, whatever the call does");
        assertFalse(sink.isClosed());
        sink.sendWaits.countDown();

        sink.closing.get(10, TimeUnit.SECONDS);
        assertEquals(numbers(1), List.copyOf(sink.taken));
        assertFalse(sink.closedWhileSending);
    }

    @Test
    void aSinkThatIsReleasedStaysOpen() throws Exception {
        outlet.release();
        outlet.close();

        assertTrue(ended.get(10, TimeUnit.SECONDS));
        assertFalse(sink.isClosed());
    }

    @Test
    void whatASinkIsSendingWhenItIsReleasedIsNotBrokenOff() throws Exception {
        sink.sendWaits = new CountDownLatch(1);
        write(1);
        Await.until("the call waits", () -> sink.sending.get() == 1);

        outlet.release();
        outlet.abandon();

        assertTrue(ended.get(10, TimeUnit.SECONDS));
        sink.sendWaits.countDown();
        assertEquals(numbers(1), sink.take(1));
        assertFalse(sink.isClosed());
    }

    @Test
    void onceTheThreadsHaveEndedASinkIsClosedAllTheSame() {
        writers.close();

        assertThrows(IOException.class, () -> write(1));
        outlet.close();

        assertTrue(sink.isClosed());
        assertTrue(ended.isDone());
    }
}
