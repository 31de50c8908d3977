package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WildFly's own message broker closes the connections of its applications, as an administrator can make it. */
class MessagingOutageIT extends AbstractSuite {

    private static final String ONE = "one";
    private static final String OTHER = "other";
    private static final String OF_ONE = "-of-one";
    private static final String OF_OTHER = "-of-other";
    private static final int ROUNDS = 3;

    /** Each node has one to listen and one to publish. */
    private static final int CONNECTIONS = 4;

    /** Time for a connection that is idle to be found closed, and for another. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Management management;

    @Deployment(name = ONE, testable = false, managed = false)
    static WebArchive one() {
        return Archives.app("outage-one.war", Map.of("siaran.broker", "jms"));
    }

    @Deployment(name = OTHER, testable = false, managed = false)
    static WebArchive other() {
        return Archives.app("outage-other.war", Map.of("siaran.broker", "jms"));
    }

    @BeforeEach
    void connect() throws IOException {
        management = new Management();
    }

    @AfterEach
    void disconnect() throws IOException {
        management.close();
    }

    @Test
    void connectionsThatTheBrokerClosesAreMadeAnewAndStreamsStayOpen() {
        // given two nodes, each with connections to listen and to publish
        deployer.deploy(ONE);
        deployer.deploy(OTHER);
        try {
            SseClient atOne = clients.open(nodes.uri(ONE, "/sse/outage"));
            SseClient atOther = clients.open(nodes.uri(OTHER, "/sse/outage"));
            List<Transcript> all = List.of(atOne.transcript(), atOther.transcript());
            all.forEach(Transcript::awaitOpen);
            fireAndAwait("before", all);

            for (int round = 0; round < ROUNDS; round++) {
                // when the broker closes all of them, with events on their way: those may be lost, and then a gap says
                // so
                Set<String> closed = connections();
                assertTrue(closed.size() >= CONNECTIONS, closed::toString);
                http.post(nodes.uri(ONE, "/fire/outage/background?name=meanwhile&count=50"), "round-" + round);
                closeConnections();

                // then there are others, and what is fired from then on arrives
                Await.until(
                        "none of the old connections is left",
                        PATIENCE,
                        this::connections,
                        open -> open.size() >= CONNECTIONS && Collections.disjoint(open, closed));
                awaitThatAllAreHeard("again-" + round, all);
                fireAndAwait("after-" + round, all);
            }

            // then nothing came twice or out of order, and each stream is the one that it was
            for (Transcript transcript : all) {
                assertFalse(transcript.hasEnded());
                assertEquals(1, transcript.connections());
                List<String> meanwhile = dataOf(transcript, "meanwhile");
                assertEquals(inOrder(meanwhile), meanwhile);
            }
        } finally {
            deployer.undeploy(ONE);
            deployer.undeploy(OTHER);
        }
    }

    /**
     * The server's client connects anew by itself, and has a connection before it listens to anything. When it listens, only
     * what arrives tells.
     */
    private void awaitThatAllAreHeard(String data, List<Transcript> all) {
        Await.until(
                "each node hears both",
                PATIENCE,
                () -> {
                    fire(data);
                    return all.stream().map(Transcript::data).toList();
                },
                heard -> heard.stream().allMatch(each -> each.containsAll(Set.of(data + OF_ONE, data + OF_OTHER))));
    }

    private void fire(String data) {
        http.post(nodes.uri(ONE, "/fire/outage"), data + OF_ONE);
        http.post(nodes.uri(OTHER, "/fire/outage"), data + OF_OTHER);
    }

    private void fireAndAwait(String data, List<Transcript> all) {
        fire(data);
        for (Transcript transcript : all) {
            transcript.awaitData(data + OF_ONE);
            transcript.awaitData(data + OF_OTHER);
        }
    }

    private static List<String> dataOf(Transcript transcript, String type) {
        return transcript.events().stream()
                .filter(event -> event.type().equals(type))
                .map(event -> event.data())
                .toList();
    }

    /** Those of all that were fired which are among these, as they were fired. */
    private static List<String> inOrder(List<String> some) {
        List<String> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String data = "round-" + round + "-";
            IntStream.range(0, 50).mapToObj(i -> data + i).forEach(all::add);
        }
        all.retainAll(some);
        return all;
    }

    private Set<String> connections() {
        return management.execute(operation("list-connection-ids")).asList().stream()
                .map(ModelNode::asString)
                .collect(Collectors.toSet());
    }

    private void closeConnections() {
        ModelNode close = operation("close-connections-for-address");
        close.get("ip-address").set("invm:0");
        management.execute(close);
    }

    private static ModelNode operation(String name) {
        return Management.operation(name, "subsystem", "messaging-activemq", "server", "default");
    }
}
