package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes and the server's own Jakarta Messaging, with its default factory and the topic that {@code server-configs} creates. A
 * node is an application.
 */
@Tag("jms")
class JmsIT extends AbstractSuite {

    private static final String ONE = "one";
    private static final String OTHER = "other";

    private final List<String> deployed = new ArrayList<>();

    @Deployment(name = ONE, testable = false, managed = false)
    static WebArchive one() {
        return Archives.app("jms-one.war", Map.of("siaran.broker", "jms"));
    }

    @Deployment(name = OTHER, testable = false, managed = false)
    static WebArchive other() {
        return Archives.app("jms-other.war", Map.of("siaran.broker", "jms"));
    }

    private void deploy(String node) {
        deployer.deploy(node);
        deployed.add(node);
    }

    private void undeploy(String node) {
        deployed.remove(node);
        deployer.undeploy(node);
    }

    @AfterEach
    void everyNodeEnds() {
        deployed.forEach(deployer::undeploy);
    }

    @Test
    void anEventFiredOnEitherNodeReachesTheClientsOfBothOnceAndInTheOrderOfItsNode() {
        // given clients of both nodes
        deploy(ONE);
        deploy(OTHER);
        List<SseClient> all = new ArrayList<>(clients.open(nodes.uri(ONE, "/sse/shared"), 20));
        all.addAll(clients.open(nodes.uri(OTHER, "/sse/shared"), 20));
        all.forEach(client -> client.transcript().awaitOpen());

        // when both nodes fire at the same time
        http.post(nodes.uri(ONE, "/fire/shared/background?name=one&count=200"), "data");
        http.post(nodes.uri(OTHER, "/fire/shared?name=other&count=200"), "data");

        // then each client has each event once
        List<String> expected =
                IntStream.range(0, 200).mapToObj(i -> "data-" + i).toList();
        for (SseClient client : all) {
            List<ReceivedEvent> events = client.transcript().awaitEvents(400);
            assertEquals(expected, dataOf(events, "one"));
            assertEquals(expected, dataOf(events, "other"));
        }
    }

    @Test
    void aClientThatComesBackToItsNodeGetsWhatItMissedAndToAnotherAGap() {
        // given a client that has seen two of five events
        deploy(ONE);
        deploy(OTHER);
        SseClient other = clients.open(nodes.uri(OTHER, "/sse/moving"));
        other.transcript().awaitOpen();
        SseClient first = clients.open(nodes.uri(ONE, "/sse/moving"));
        first.transcript().awaitOpen();
        http.post(nodes.uri(OTHER, "/fire/moving?count=5"), "data");
        String id = first.transcript().awaitEvents(5).get(1).lastEventId();
        first.close();

        // when it comes back, to its node and to the other
        SseClient back =
                clients.to(nodes.uri(ONE, "/sse/moving")).lastEventId(id).open();
        SseClient elsewhere =
                clients.to(nodes.uri(OTHER, "/sse/moving")).lastEventId(id).open();

        // then
        back.transcript().awaitEvents(3);
        assertEquals(List.of("data-2", "data-3", "data-4"), back.transcript().data());
        assertEquals("gap", elsewhere.transcript().awaitEvents(1).get(0).type());
    }

    @Test
    void aNodeThatEndsIsGoneAtOnceAndWhatIsFiredElsewhereReachesItWhenItIsBack() {
        // given
        deploy(ONE);
        deploy(OTHER);
        SseClient client =
                clients.to(nodes.uri(ONE, "/sse/survivor")).reconnecting().open();
        client.transcript().awaitOpen();
        Transcript ending =
                clients.open(nodes.uri(ONE, "/sse/survivor")).transcript().awaitOpen();
        http.post(nodes.uri(OTHER, "/fire/survivor"), "before");
        client.transcript().awaitData("before");

        // when
        long begin = System.nanoTime();
        undeploy(ONE);
        long end = ending.awaitEnd(Duration.ofSeconds(5)).endNanos();
        assertTrue(end - begin < Duration.ofSeconds(2).toNanos(), "ended after " + (end - begin) + " ns");
        deploy(ONE);

        // then the client is told that it may have missed something, and goes on
        client.transcript().awaitEvents(2);
        http.post(nodes.uri(OTHER, "/fire/survivor"), "after");
        client.transcript().awaitData("after");
        assertEquals("gap", client.transcript().awaitEvents(3).get(1).type());
    }

    private static List<String> dataOf(List<ReceivedEvent> events, String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .map(ReceivedEvent::data)
                .toList();
    }
}
