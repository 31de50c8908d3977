package dev.siaran.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siaran.spi.Broker.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the Javadoc of {@link Broker} promises of the delivery; every broker passes it. */
public abstract class DeliveryContractTest extends ClosingContractTest {

    /**
     * Whether messages that several nodes publish at once reach all nodes in one order. Without it only what each node
     * publishes does: what the nodes share must then not depend on more, as ids would.
     */
    protected boolean ordersWhatSeveralNodesPublish() {
        return true;
    }

    @Test
    void everyNodeGetsEveryMessageOnceAndInTheSameOrder() throws Exception {
        // given
        List<Broker> nodes = allNodes();
        List<Receiver> receivers = new ArrayList<>();
        for (Broker node : nodes) {
            receivers.add(receive(node, CHANNEL));
        }

        // when: four threads on each node publish at once
        int threads = 4 * nodes.size();
        int each = 250;
        List<Thread> publishers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Broker node = nodes.get(t % nodes.size());
            String name = "t" + t + "-";
            var thread = new Thread(() -> IntStream.range(0, each).forEach(i -> send(node, CHANNEL, name + i)));
            publishers.add(thread);
            thread.start();
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }

        // then
        List<String> first = receivers.get(0).data(threads * each);
        assertComplete(first, threads * each);
        for (Receiver receiver : receivers.subList(1, receivers.size())) {
            List<String> other = receiver.data(threads * each);
            assertComplete(other, threads * each);
            for (int n = 0; n < nodes.size(); n++) {
                assertEquals(ofNode(n, nodes.size(), first), ofNode(n, nodes.size(), other));
            }
            if (ordersWhatSeveralNodesPublish()) {
                assertEquals(first, other);
            }
        }
        receivers.forEach(Receiver::assertNothingMore);
    }

    /** Each message once, and those of each thread in their order. */
    private static void assertComplete(List<String> received, int count) {
        assertEquals(count, new HashSet<>(received).size());
        Map<String, Integer> lastOfThread = new HashMap<>();
        for (String data : received) {
            String[] parts = data.split("-");
            int number = Integer.parseInt(parts[1]);
            assertEquals(number, lastOfThread.getOrDefault(parts[0], -1) + 1, "order of thread " + parts[0]);
            lastOfThread.put(parts[0], number);
        }
    }

    private static List<String> ofNode(int node, int nodes, List<String> received) {
        return received.stream()
                .filter(data -> Integer.parseInt(data.substring(1, data.indexOf('-'))) % nodes == node)
                .toList();
    }

    @Test
    void aChannelGetsNothingOfAnother() throws Exception {
        // given
        Broker broker = node();
        Receiver news = receive(broker, CHANNEL);
        Receiver sport = receive(broker, "sport");

        // when
        Await.value(send(broker, CHANNEL, "for news"));
        Await.value(send(broker, "sport", "for sport"));
        Await.value(send(broker, "nobody", "for nobody"));
        Await.value(send(broker, CHANNEL, "end"));
        Await.value(send(broker, "sport", "end"));

        // then
        assertEquals(List.of("for news", "end"), news.data(2));
        assertEquals(List.of("for sport", "end"), sport.data(2));
        news.assertNothingMore();
        sport.assertNothingMore();
    }

    @Test
    void whatWasPublishedBeforeIsNotDelivered() throws Exception {
        // given
        Broker broker = node();
        Await.value(send(broker, CHANNEL, "before"));
        letItGrowOld();

        // when
        Receiver receiver = receive(broker, CHANNEL);
        Await.value(send(broker, CHANNEL, "after"));

        // then
        assertEquals(List.of("after"), receiver.data(1));
    }

    @Test
    void nothingIsMissedBetweenTheStartAndTheFirstMessage() throws Exception {
        // given: a publisher that does not stop, though a broker with a history keeps all of it
        List<Broker> nodes = allNodes();
        Broker publishing = nodes.get(0);
        Broker receiving = nodes.get(nodes.size() - 1);
        var publisher = new Thread(() -> {
            for (int i = 0; i < 900; i++) {
                send(publishing, CHANNEL, String.valueOf(i));
            }
        });

        // when
        publisher.start();
        var receiver = new Receiver();
        receiving.subscribe(CHANNEL, receiver);
        receiver.awaitLive();
        publisher.join();
        Await.value(send(publishing, CHANNEL, "900"));

        // then: whatever the first is, all that follow it came
        List<String> data = receiver.dataUpTo("900");
        int first = Integer.parseInt(data.get(0));
        for (int i = 0; i < data.size(); i++) {
            assertEquals(String.valueOf(first + i), data.get(i));
        }
    }

    @Test
    void aClosedSubscriptionGetsNothing() throws Exception {
        // given
        Broker broker = node();
        var closed = new Receiver();
        Subscription subscription = broker.subscribe(CHANNEL, closed);
        closed.awaitLive();

        // when
        subscription.close();
        subscription.close();
        Receiver next = receive(broker, CHANNEL);
        Await.value(send(broker, CHANNEL, "late"));

        // then
        assertEquals(List.of("late"), next.data(1));
        closed.assertNothingMore();
    }

    @Test
    void aChannelCanBeSubscribedAgainAndAgain() throws Exception {
        // given
        Broker broker = node();
        for (int i = 0; i < 50; i++) {
            broker.subscribe(CHANNEL, new Receiver()).close();
        }

        // when
        Receiver receiver = receive(broker, CHANNEL);
        Await.value(send(broker, CHANNEL, "still here"));

        // then
        assertEquals(List.of("still here"), receiver.data(1));
    }

    @Test
    void aSecondSubscriptionOfAChannelIsRefused() throws Exception {
        Broker broker = node();
        broker.subscribe(CHANNEL, new Receiver());
        assertThrows(IllegalStateException.class, () -> broker.subscribe(CHANNEL, new Receiver()));
    }

    @Test
    void textArrivesAsItWas() throws Exception {
        // given
        Broker broker = allNodes().get(0);
        List<Message> messages = List.of(
                new Message("kanal/é 日本 🎉 {a}:b", "ümlaut 🎈", "grüße\u2028\u0000 🎉"),
                new Message("}{", null, "no event"),
                new Message("%7D", "", "empty event"),
                new Message(CHANNEL, "e", ""),
                new Message(CHANNEL, null, ""),
                new Message(CHANNEL, "e", "a\nb\r\n\r\nc\r\n"),
                new Message(CHANNEL, "S1 - 1-1 5", "-\nS1 - 1-1 -\n"),
                new Message(CHANNEL, "e", "x".repeat(300_000)));

        for (Message message : messages) {
            // when
            var receiver = new Receiver();
            Subscription subscription = broker.subscribe(message.channel(), receiver);
            receiver.awaitLive();
            Await.value(broker.publish(message));

            // then
            assertEquals(message, receiver.next().message());
            subscription.close();
            letItGrowOld();
        }
    }

    @Test
    void aFaultOfTheReceiverDoesNotEndTheDelivery() throws Exception {
        // given
        Broker broker = node();
        var good = new Receiver();
        broker.subscribe(CHANNEL, new Broker.Delivery() {
            @Override
            public void live(String startId) {
                good.live(startId);
                throw new IllegalStateException("a fault of the test");
            }

            @Override
            public void message(StoredMessage message) {
                good.message(message);
                throw new IllegalStateException("a fault of the test");
            }

            @Override
            public void lost() {
                good.lost();
            }
        });
        good.awaitLive();

        // when
        for (int i = 0; i < 3; i++) {
            Await.value(send(broker, CHANNEL, "m" + i));
        }

        // then
        assertEquals(List.of("m0", "m1", "m2"), good.data(3));
    }

    /** Who subscribes on a machine that is busy may get what is a few milliseconds older than the subscription. */
    static void letItGrowOld() {
        Await.pass(Duration.ofMillis(100));
    }
}
