package dev.siaran.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Broker.Subscription;
import dev.siaran.spi.History.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the Javadoc of {@link Broker} promises; every broker passes it. */
public abstract class BrokerContractTest {

    private static final String CHANNEL = "news";

    private final List<Broker> opened = new ArrayList<>();

    /** A new node with the default settings. */
    protected abstract Broker openNode() throws Exception;

    /** How many nodes can share one channel. */
    protected abstract int nodes();

    /** A node that keeps few messages, so that {@link #TRIMMING} are too many. */
    protected abstract Broker openForgetfulNode() throws Exception;

    /** More messages than a forgetful node keeps. */
    protected static final int TRIMMING = 400;

    /** Checks a page that begins after an id which the broker gave out; one that keeps no history says so. */
    protected void assertPage(List<String> expectedIds, History page) {
        assertEquals(expectedIds, ids(page));
        assertEquals(Start.COMPLETE, page.start());
    }

    /** Checks a page that begins after an id older than all that is kept, of messages that end with the given id. */
    protected void assertTrimmedPage(String lastId, History page) {
        assertEquals(Start.TRIMMED, page.start());
        assertEquals(lastId, ids(page).get(page.messages().size() - 1));
    }

    @AfterEach
    void closeNodes() {
        opened.forEach(Broker::close);
    }

    private Broker node() throws Exception {
        Broker node = openNode();
        opened.add(node);
        return node;
    }

    private List<Broker> allNodes() throws Exception {
        List<Broker> all = new ArrayList<>();
        while (all.size() < nodes()) {
            all.add(node());
        }
        return all;
    }

    private static Receiver receive(Broker broker, String channel) throws Exception {
        var receiver = new Receiver();
        broker.subscribe(channel, receiver);
        receiver.awaitLive();
        return receiver;
    }

    private static CompletionStage<String> send(Broker broker, String channel, String data) {
        return broker.publish(new Message(channel, "event", data));
    }

    private static List<String> publish(Broker broker, String channel, int count) throws Exception {
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(send(broker, channel, "m" + i));
        }
        List<String> ids = new ArrayList<>();
        for (CompletionStage<String> stage : sent) {
            ids.add(Await.value(stage));
        }
        return ids;
    }

    private static List<String> ids(History page) {
        return page.messages().stream().map(StoredMessage::id).toList();
    }

    @Test
    void publishReturnsTheIdThatIsDelivered() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker, CHANNEL);

        // when
        String id = Await.value(send(broker, CHANNEL, "hello"));

        // then
        assertEquals(new StoredMessage(id, new Message(CHANNEL, "event", "hello")), receiver.next());
        assertTrue(id.matches("[A-Za-z0-9._-]{1,64}"), id);
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
        for (Receiver other : receivers.subList(1, receivers.size())) {
            assertEquals(first, other.data(threads * each));
        }
        assertEquals(threads * each, new HashSet<>(first).size());
        Map<String, Integer> lastOfThread = new HashMap<>();
        for (String data : first) {
            String[] parts = data.split("-");
            int number = Integer.parseInt(parts[1]);
            assertEquals(number, lastOfThread.getOrDefault(parts[0], -1) + 1, "order of thread " + parts[0]);
            lastOfThread.put(parts[0], number);
        }
        receivers.forEach(Receiver::assertNothingMore);
    }

    @Test
    void idsAreUniqueWithinAChannel() throws Exception {
        // given
        List<Broker> nodes = allNodes();

        // when
        Set<String> ids = new HashSet<>();
        for (Broker node : nodes) {
            ids.addAll(publish(node, CHANNEL, 300));
        }

        // then
        assertEquals(300 * nodes.size(), ids.size());
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
        String before = Await.value(send(broker, CHANNEL, "before"));

        // when
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);
        String start = receiver.awaitLive();
        Await.value(send(broker, CHANNEL, "after"));

        // then
        assertEquals(before, start);
        assertEquals(List.of("after"), receiver.data(1));
    }

    @Test
    void aChannelWithoutMessagesStartsEmpty() throws Exception {
        // given
        Broker broker = node();
        var receiver = new Receiver();

        // when
        broker.subscribe(CHANNEL, receiver);

        // then
        assertEquals("", receiver.awaitLive());
    }

    @Test
    void nothingIsMissedBetweenTheStartAndTheFirstMessage() throws Exception {
        // given: a publisher that does not stop
        List<Broker> nodes = allNodes();
        Broker publishing = nodes.get(0);
        Broker receiving = nodes.get(nodes.size() - 1);
        var publisher = new Thread(() -> {
            for (int i = 0; i < 2_000; i++) {
                send(publishing, CHANNEL, String.valueOf(i));
            }
        });

        // when
        publisher.start();
        var receiver = new Receiver();
        receiving.subscribe(CHANNEL, receiver);
        receiver.awaitLive();
        publisher.join();
        Await.value(send(publishing, CHANNEL, "2000"));

        // then: whatever the first is, all that follow it came
        List<String> data = receiver.dataUpTo("2000");
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
        publish(broker, CHANNEL, 3);

        // then
        assertEquals(List.of("m0", "m1", "m2"), good.data(3));
    }

    @Test
    void historyIsWhatFollowsAnId() throws Exception {
        // given
        Broker broker = node();
        List<String> ids = publish(broker, CHANNEL, 10);

        // then
        assertPage(ids.subList(3, 10), history(broker, ids.get(2), "", 100));
        assertPage(ids.subList(3, 7), history(broker, ids.get(2), ids.get(6), 100));
        assertPage(ids.subList(3, 5), history(broker, ids.get(2), "", 2));
        assertPage(ids.subList(3, 5), history(broker, ids.get(2), ids.get(6), 2));
    }

    @Test
    void nothingFollowsTheLastId() throws Exception {
        // given
        Broker broker = node();
        List<String> ids = publish(broker, CHANNEL, 3);
        String last = ids.get(2);

        // then
        assertEquals(History.empty(Start.COMPLETE), history(broker, last, "", 10));
        assertEquals(History.empty(Start.COMPLETE), history(broker, last, last, 10));
    }

    @Test
    void everyNodeHasTheSameHistory() throws Exception {
        // given
        List<Broker> nodes = allNodes();
        List<String> ids = publish(nodes.get(0), CHANNEL, 5);

        // then
        for (Broker node : nodes) {
            assertPage(ids.subList(1, 5), history(node, ids.get(0), "", 10));
        }
    }

    @Test
    void historyBeginsAtTheBeginningForAnEmptyId() throws Exception {
        // given
        Broker broker = node();

        // then
        assertEquals(History.empty(Start.COMPLETE), history(broker, "", "", 10));
        List<String> ids = publish(broker, CHANNEL, 3);
        assertPage(ids, history(broker, "", "", 10));
    }

    @Test
    void historyCanBeReadInPages() throws Exception {
        // given
        Broker broker = node();
        List<String> ids = publish(broker, CHANNEL, 50);

        // when
        List<String> read = new ArrayList<>();
        String last = ids.get(0);
        History page = history(broker, last, "", 20);
        while (!page.messages().isEmpty()) {
            assertEquals(Start.COMPLETE, page.start());
            read.addAll(ids(page));
            last = read.get(read.size() - 1);
            page = history(broker, last, "", 20);
        }

        // then
        assertPage(ids.subList(1, 50), new History(page.start(), replayOf(read)));
    }

    private static List<StoredMessage> replayOf(List<String> ids) {
        return ids.stream()
                .map(id -> new StoredMessage(id, new Message(CHANNEL, null, "")))
                .toList();
    }

    @Test
    void anIdOlderThanAllThatIsKeptIsTrimmed() throws Exception {
        // given
        Broker broker = openForgetfulNode();
        opened.add(broker);
        List<String> ids = publish(broker, CHANNEL, TRIMMING);

        // when
        History page = history(broker, ids.get(0), "", TRIMMING);

        // then
        assertTrimmedPage(ids.get(TRIMMING - 1), page);
        List<String> kept = ids(page);
        assertEquals(ids.subList(TRIMMING - kept.size(), TRIMMING), kept);
    }

    @Test
    void anIdThatTheChannelNeverGaveOutIsUnknown() throws Exception {
        // given
        Broker broker = node();
        List<String> ids = publish(broker, CHANNEL, 3);
        String future = ids.get(2).replaceAll("-.*", "-99999999999");

        for (String id : List.of(
                future,
                "?",
                "-",
                "0",
                "1-",
                "-1",
                "1-1-1",
                "1--1",
                " 1-1",
                "1-1\n",
                "\u0663-\u0661",
                "1-1\r\nFLUSHALL\r\n",
                "99999999999999999999999-1",
                "18446744073709551615-18446744073709551615",
                "+",
                "(1-1",
                "$",
                "\0",
                "x".repeat(10_000),
                "1".repeat(10_000) + "-1",
                "1-" + "1".repeat(10_000),
                "🎉")) {
            // when
            History page = history(broker, id, "", 10);

            // then
            assertEquals(History.empty(Start.UNKNOWN), page, () -> id.substring(0, Math.min(30, id.length())));
        }
    }

    @Test
    void anIdOfAnotherChannelIsNotTakenForThisOnes() throws Exception {
        // given
        Broker broker = node();
        Set<String> own = new HashSet<>();
        String foreign;
        do {
            own.add(Await.value(send(broker, CHANNEL, "1")));
            foreign = Await.value(send(broker, "other", "2"));
            own.add(Await.value(send(broker, CHANNEL, "3")));
        } while (own.contains(foreign)); // the same id in two channels cannot be told

        // then
        assertNotEquals(Start.COMPLETE, history(broker, foreign, "", 10).start());
    }

    private static History history(Broker broker, String after, String through, int limit) throws Exception {
        return Await.value(broker.history(CHANNEL, after, through, limit));
    }

    @Test
    void nothingWorksAfterClose() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker, CHANNEL);
        String id = Await.value(send(broker, CHANNEL, "before"));
        receiver.next();

        // when
        broker.close();
        broker.close();

        // then
        assertTrue(Await.failure(send(broker, CHANNEL, "after")).contains("closed"));
        assertTrue(Await.failure(broker.history(CHANNEL, id, "", 1)).contains("closed"));
        var late = new Receiver();
        broker.subscribe("other", late).close();
        assertFalse(late.isLive());
        receiver.assertNothingMore();
    }

    @Test
    void whatIsBufferedGoesOutBeforeTheEnd() throws Exception {
        // given
        List<Broker> nodes = allNodes();
        Receiver receiver = receive(nodes.get(nodes.size() - 1), CHANNEL);
        Broker closing = nodes.get(0);
        Await.value(send(closing, CHANNEL, "warm"));

        // when
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sent.add(send(closing, CHANNEL, "m" + i));
        }
        closing.close();

        // then
        for (CompletionStage<String> stage : sent) {
            Await.value(stage);
        }
        if (nodes.size() > 1) {
            assertEquals("m999", receiver.data(1_001).get(1_000));
        }
    }

    @Test
    void closeLeavesNoThreadAndIsQuick() throws Exception {
        // given
        Set<Thread> before = threads();
        Broker broker = node();
        Receiver receiver = receive(broker, CHANNEL);
        String id = Await.value(send(broker, CHANNEL, "one"));
        Await.value(broker.history(CHANNEL, id, "", 1));
        receiver.next();

        // when
        long start = System.nanoTime();
        broker.close();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        // then
        Set<String> left = threads().stream()
                .filter(t -> !before.contains(t))
                .map(Thread::getName)
                .collect(Collectors.toSet());
        assertEquals(Set.of(), left);
        assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, took::toString);
    }

    /** All but the helpers of the JDK and of the test runner. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() != null
                        && !"system".equals(thread.getThreadGroup().getName()))
                .collect(Collectors.toSet());
    }
}
