package dev.siaran.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the Javadoc of {@link Broker} promises of its end, and the nodes of all contract tests. */
public abstract class ClosingContractTest {

    static final String CHANNEL = "news";

    private final List<Broker> opened = new ArrayList<>();

    /** A new node with the default settings. */
    protected abstract Broker openNode() throws Exception;

    /** How many nodes can share one channel. */
    protected abstract int nodes();

    /** Tells threads that are no broker's: those of a server that is in this process, and of its client library. */
    protected boolean isOfServer(Thread thread) {
        return false;
    }

    @AfterEach
    void closeNodes() {
        opened.forEach(Broker::close);
    }

    final Broker node() throws Exception {
        return closing(openNode());
    }

    final Broker closing(Broker node) {
        opened.add(node);
        return node;
    }

    final List<Broker> allNodes() throws Exception {
        List<Broker> all = new ArrayList<>();
        while (all.size() < nodes()) {
            all.add(node());
        }
        return all;
    }

    static Receiver receive(Broker broker, String channel) throws Exception {
        var receiver = new Receiver();
        broker.subscribe(channel, receiver);
        receiver.awaitLive();
        return receiver;
    }

    static CompletionStage<String> send(Broker broker, String channel, String data) {
        return broker.publish(new Message(channel, "event", data));
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
    protected void closeLeavesNoThreadAndIsQuick() throws Exception {
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

        // then: what is told to end may need a moment on a machine that is busy
        for (Thread thread : threadsSince(before)) {
            thread.join(1_000);
        }
        assertEquals(
                List.of(), threadsSince(before).stream().map(Thread::getName).toList());
        assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, took::toString);
    }

    private List<Thread> threadsSince(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread) && !isOfServer(thread))
                .toList();
    }

    /** All but the helpers of the JDK and of the test runner. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() != null
                        && !"system".equals(thread.getThreadGroup().getName()))
                .collect(Collectors.toSet());
    }
}
