package dev.siaran.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerContractTest;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import dev.siaran.spi.StoredMessage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest extends BrokerContractTest {

    @Override
    protected Broker openNode() {
        return new MemoryBroker(MemoryIds.startingAt(1_000_000));
    }

    @Override
    protected Broker openForgetfulNode() {
        return openNode();
    }

    @Override
    protected int nodes() {
        return 1;
    }

    /** The node's own log is the history; this broker keeps none. */
    @Override
    protected void assertPage(List<String> expectedIds, History page) {
        assertEquals(History.empty(Start.TRIMMED), page);
    }

    @Override
    protected void assertTrimmedPage(String lastId, History page) {
        assertEquals(History.empty(Start.TRIMMED), page);
    }

    @Test
    void anIdFromBeforeARestartIsKnownToBeGone() throws Exception {
        // given
        String old = Await.value(openNode().publish(new Message("news", null, "before")));
        var restarted = new MemoryBroker(MemoryIds.startingAt(1_000_001));

        // when
        History page = Await.value(restarted.history("news", old, "", 1));

        // then
        assertEquals(History.empty(Start.TRIMMED), page);
    }

    @Test
    void anIdBetweenTwoOfTheChannelMayBeOneThatIsGone() throws Exception {
        // given: ids that count over all channels, of which the broker keeps each channel's last
        Broker broker = openNode();
        String first = Await.value(broker.publish(new Message("news", null, "1")));
        String between = Await.value(broker.publish(new Message("other", null, "2")));
        String last = Await.value(broker.publish(new Message("news", null, "3")));

        // then
        for (String through : List.of("", last)) {
            assertEquals(History.empty(Start.TRIMMED), Await.value(broker.history("news", first, through, 1)));
            assertEquals(History.empty(Start.TRIMMED), Await.value(broker.history("news", between, through, 1)));
        }
        assertEquals(History.empty(Start.COMPLETE), Await.value(broker.history("news", last, first, 1)));
    }

    @Test
    void anIdThatIsNewerThanWhatWasDeliveredIsNoneOfTheChannel() throws Exception {
        // given: a log that has had the first, and somebody who comes with an id that the log has not had
        Broker broker = openNode();
        String first = Await.value(broker.publish(new Message("news", null, "1")));
        String foreign = Await.value(broker.publish(new Message("other", null, "2")));
        Await.value(broker.publish(new Message("news", null, "3")));

        // then
        assertEquals(History.empty(Start.UNKNOWN), Await.value(broker.history("news", foreign, first, 1)));
    }

    @Test
    void noIdIsOfAChannelThatHasHadNoMessage() throws Exception {
        // given
        Broker broker = openNode();
        String foreign = Await.value(broker.publish(new Message("other", null, "1")));

        // then
        assertEquals(History.empty(Start.UNKNOWN), Await.value(broker.history("news", foreign, "", 1)));
        broker.subscribe("news", new Receiver());
        assertEquals(History.empty(Start.UNKNOWN), Await.value(broker.history("news", foreign, "", 1)));
    }

    @Test
    void anIdThatAForgottenChannelMayHaveHadIsTrimmed() throws Exception {
        // given
        Broker broker = openNode();
        String old = Await.value(broker.publish(new Message("news", null, "1")));
        String newest = old;
        for (int i = 0; i < 3 * MemoryBroker.MAX_IDLE; i++) {
            newest = Await.value(broker.publish(new Message("made-up-" + i, null, "")));
        }

        // then
        assertEquals(History.empty(Start.TRIMMED), Await.value(broker.history("news", old, "", 1)));
        assertEquals(History.empty(Start.UNKNOWN), Await.value(broker.history("news", newest, "", 1)));
    }

    @Test
    void aMessageIsDeliveredBeforePublishReturns() throws Exception {
        // given
        Broker broker = openNode();
        var receiver = new Receiver();
        broker.subscribe("news", receiver);

        // when
        broker.publish(new Message("news", null, "now"));

        // then
        assertEquals(List.of("now"), receiver.data(1));
    }

    @Test
    void madeUpChannelNamesDoNotFillTheMemory() throws Exception {
        // given
        var broker = new MemoryBroker(MemoryIds.startingAt(1));
        var receiver = new Receiver();
        broker.subscribe("kept", receiver);

        // when
        for (int i = 0; i < 5 * MemoryBroker.MAX_IDLE; i++) {
            broker.publish(new Message("made-up-" + i, null, ""));
        }
        broker.publish(new Message("kept", null, "still here"));

        // then
        assertTrue(broker.size() <= 2 * MemoryBroker.MAX_IDLE + 1, () -> "channels: " + broker.size());
        assertEquals(List.of("still here"), receiver.data(1));
    }

    @Test
    void subscribingDoesNotWaitForADeliveryThatNeedsTheCallersLock() throws Exception {
        // given: a delivery that waits for a lock, and whoever subscribes and unsubscribes holds it
        Broker broker = openNode();
        var hubLock = new ReentrantLock();
        var delivering = new CountDownLatch(1);
        var subscription = broker.subscribe("news", new Broker.Delivery() {
            @Override
            public void live(String startId) {}

            @Override
            public void message(StoredMessage message) {
                delivering.countDown();
                hubLock.lock();
                hubLock.unlock();
            }

            @Override
            public void lost() {}
        });
        var publisher = new Thread(() -> broker.publish(new Message("news", null, "first")));
        var next = new Receiver();

        // when
        hubLock.lock();
        try {
            publisher.start();
            delivering.await();
            subscription.close();
            broker.subscribe("news", next);
        } finally {
            hubLock.unlock();
        }
        publisher.join();

        // then: the publisher has made the new receiver live when it let the channel go
        next.awaitLive();
        broker.publish(new Message("news", null, "second"));
        assertEquals(List.of("second"), next.data(1));
    }
}
