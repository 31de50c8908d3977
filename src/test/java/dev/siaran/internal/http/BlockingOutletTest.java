package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Holder;
import dev.siaran.internal.hub.Hub;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes that wait for their clients. */
@Timeout(60)
class BlockingOutletTest {

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final Hub hub = new Hub(SiaranConfig.read(Settings.of(Map.of())), broker, System::nanoTime);
    private final BlockingWriters writers = new BlockingWriters();

    @AfterEach
    void close() {
        writers.close();
        hub.close();
        broker.close();
    }

    private BlockingOutlet outlet(WaitingResponse response) {
        Connection connection = hub.connect(hub.stream(), "test", hub.leases().grant(Holder.NOBODY, null));
        var taken = new TakenResponse(response.async(), connection, new OpenResponses());
        return new BlockingOutlet(taken, response, writers, writer -> response.breakOff());
    }

    private BlockingOutlet waiting(WaitingResponse response) throws IOException {
        BlockingOutlet outlet = outlet(response);
        outlet.write(new byte[10], 0, 10);
        response.awaitWaiting();
        return outlet;
    }

    @Test
    void aWriteOfAnAbandonedConnectionIsBrokenOffUntilItReturnsAndOnlyThenTheResponseEnds() throws IOException {
        // given a write that waits, in a container that overlooks the first attempt to break it off
        var response = new WaitingResponse();
        BlockingOutlet outlet = waiting(response);

        // when the connection ends and is abandoned, and that more than once
        outlet.close();
        outlet.abandon();
        outlet.abandon();

        // then the response ends after the write
        response.awaitCompleted();
        assertFalse(response.wasCompletedWhileWriting());
    }

    @Test
    void aResponseThatIsClosedDuringAWriteEndsAfterIt() throws IOException {
        var response = new WaitingResponse();
        BlockingOutlet outlet = waiting(response);
        outlet.close();
        assertFalse(response.isCompleted());

        response.take();

        response.awaitWritten(10).awaitCompleted();
        assertThrows(IOException.class, () -> outlet.write(new byte[1], 0, 1), "nothing is written after the end");
    }

    @Test
    void aClientThatDoesNotTakeTheLastWriteOfAResponseIsCutOff() throws IOException {
        var response = new WaitingResponse();
        BlockingOutlet outlet = waiting(response);

        outlet.close();

        response.awaitCompleted();
        assertFalse(response.wasCompletedWhileWriting());
    }

    @Test
    void clientsThatTakeNothingHoldUpNobody() throws IOException {
        // given many times more writes that wait than there are cores
        List<WaitingResponse> stalled = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var response = new WaitingResponse();
            stalled.add(response);
            outlet(response).write(new byte[10], 0, 10);
        }

        // when another client is written
        var reading = new WaitingResponse();
        reading.take();
        outlet(reading).write(new byte[7], 0, 7);

        // then it has it, and those that wait get theirs when they take it
        reading.awaitWritten(7);
        stalled.forEach(WaitingResponse::take);
        stalled.forEach(response -> response.awaitWritten(10));
    }

    @Test
    void closingBreaksOffWhatStillWaits() throws IOException {
        var response = new WaitingResponse();
        waiting(response);

        writers.close();

        assertTrue(response.awaitCompleted().isCompleted());
        assertThrows(IOException.class, () -> outlet(new WaitingResponse()).write(new byte[1], 0, 1));
    }

    @Test
    void aThousandWritesThatDoNotWaitShareAFewThreads() throws InterruptedException {
        var pool = new WriterPool("test-writer-");
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        var done = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
        }
        assertTrue(done.await(10, TimeUnit.SECONDS));
        pool.close();
        int most = Runtime.getRuntime().availableProcessors();
        assertTrue(threads.size() <= most, threads.size() + " threads for " + most + " cores");
    }
}
