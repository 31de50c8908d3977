package dev.siaran.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Two nodes, the same for every test of a class, and an audience for each test. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class AbstractClusterIT {

    /** Whether what takes long is done at full length. */
    protected static final boolean FULL = System.getProperty("siaran.it.full") != null;

    /** For what takes a moment, on a machine that has much else to do. */
    protected static final Duration PATIENCE = Show.PATIENCE;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Node one;
    private Node two;
    private Audience audience;

    /** Ends it after all tests of the class; what was begun last ends first. */
    protected final <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    /** Starts both nodes, with keys of their own, and the most heap that each may use. */
    protected final void startNodes(String heap, Map<String, String> keys) {
        one = closing(new Node("one", heap, keys));
        two = closing(new Node("two", heap, keys));
    }

    @BeforeEach
    final void anAudience() {
        audience = new Audience();
    }

    @AfterEach
    final void theAudienceLeaves() throws Exception {
        audience.close();
    }

    @AfterAll
    final void everythingEnds() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    /** One of the two nodes. */
    protected final Node one() {
        return one;
    }

    /** The other. */
    protected final Node two() {
        return two;
    }

    /** Those who follow streams in this test. */
    protected final Audience audience() {
        return audience;
    }

    /** Waits until every client has had all of so many events, each once and in order. */
    protected final void assertAllHaveAll(long count) {
        audience.awaitNumber(count - 1, PATIENCE);
        assertEquals(List.of(), audience.others(follower -> follower.hasAll(count)));
    }

    /** What is done to the broker or a node; returns when it should work again. */
    @FunctionalInterface
    protected interface Fault {

        /** Does it. */
        void strike() throws Exception;
    }

    /** Events flow, something fails and recovers so many times, events flow on; and nobody has missed one or got one twice. */
    protected final void assertUnnoticed(Show show, int rounds, Fault fault) throws Exception {
        for (int round = 0; round < rounds; round++) {
            fault.strike();
            show.awaitMore();
        }
        show.endUnnoticed();
    }

    /** Clients drop their connection in the middle of the stream and go to the other node so many times, and nobody notices. */
    protected final void assertHoppingIsUnnoticed(int clients, int hops, int rate) {
        List<URI> route = List.of(one.stream("moving"), two.stream("moving"));
        Follower.Kind hopping = (audience, number, servers) -> new RestlessFollower(audience, number, servers, hops);
        audience.follow(hopping, Collections.nCopies(clients, route));
        Show show = new Show("moving", audience, one.publish("moving", rate, 0), rate);
        audience.await(hops + " hops", PATIENCE.multipliedBy(3), client -> ((RestlessFollower) client).hasSettled());
        show.endComplete();
        assertEquals(
                List.of(),
                audience.others(client -> client.opened().size() > hops * 9 / 10),
                "streams that had begun when they were dropped");
        long opened = audience.ask(
                all -> all.stream().mapToLong(client -> client.opened().size()).sum());
        System.out.println("moving: " + opened + " streams");
    }
}
