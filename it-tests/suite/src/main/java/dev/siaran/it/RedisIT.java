package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import dev.siaran.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/** Two nodes and one Redis. On an application server a node is an application, embedded it is a process. */
class RedisIT extends AbstractSuite {

    private static final String ONE = "one";
    private static final String OTHER = "other";

    /** Begun before the archives, which carry its address. */
    private static final RedisServer REDIS = startRedis();

    private final List<String> deployed = new ArrayList<>();

    private static RedisServer startRedis() {
        try {
            return RedisServer.start();
        } catch (Exception e) {
            throw new IllegalStateException("no Redis", e);
        }
    }

    @Deployment(name = ONE, testable = false, managed = false)
    static WebArchive one() {
        return node("redis-one.war");
    }

    @Deployment(name = OTHER, testable = false, managed = false)
    static WebArchive other() {
        return node("redis-other.war");
    }

    private static WebArchive node(String name) {
        return Archives.app(name, Map.of("siaran.broker", "redis", "siaran.redis.uri", REDIS.uri()));
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

    @AfterAll
    static void redisEnds() throws Exception {
        REDIS.close();
    }

    @Test
    void anEventFiredOnEitherNodeReachesTheClientsOfBothOnceAndInOneOrder() {
        // given clients of both nodes
        deploy(ONE);
        deploy(OTHER);
        List<SseClient> all = new ArrayList<>(clients.open(nodes.uri(ONE, "/sse/shared"), 20));
        all.addAll(clients.open(nodes.uri(OTHER, "/sse/shared"), 20));
        all.forEach(client -> client.transcript().awaitOpen());

        // when both nodes fire at the same time
        http.post(nodes.uri(ONE, "/fire/shared/background?name=one&count=200"), "data");
        http.post(nodes.uri(OTHER, "/fire/shared?name=other&count=200"), "data");

        // then each client has each event once, with the same ids in the same order
        List<String> expected =
                IntStream.range(0, 200).mapToObj(i -> "data-" + i).toList();
        List<String> ids = ids(all.get(0).transcript().awaitEvents(400));
        for (SseClient client : all) {
            List<ReceivedEvent> events = client.transcript().awaitEvents(400);
            assertEquals(ids, ids(events));
            assertEquals(expected, dataOf(events, "one"));
            assertEquals(expected, dataOf(events, "other"));
        }
        assertEquals(400, ids.stream().distinct().count());
    }

    @Test
    void whatIsRevokedOnOneNodeEndsOnTheOtherWithinASecond() {
        // given
        deploy(ONE);
        deploy(OTHER);
        Transcript channel =
                clients.open(nodes.uri(OTHER, "/sse/revoked")).transcript().awaitOpen();
        Transcript several = clients.open(nodes.uri(OTHER, "/injected?channel=shared&channel=revoked"))
                .transcript()
                .awaitOpen();
        Transcript stays =
                clients.open(nodes.uri(OTHER, "/sse/shared")).transcript().awaitOpen();

        // when
        http.post(nodes.uri(ONE, "/revoke/channel"), "revoked");

        // then
        channel.awaitEnd(Duration.ofSeconds(1));
        several.awaitEnd(Duration.ofSeconds(1));
        http.post(nodes.uri(ONE, "/fire/shared"), "after");
        stays.awaitData("after");
    }

    @Test
    void aClientThatComesBackToTheOtherNodeGetsWhatItMissed() {
        // given a client that has seen two of five events on one node
        deploy(ONE);
        SseClient first = clients.open(nodes.uri(ONE, "/sse/moving"));
        first.transcript().awaitOpen();
        http.post(nodes.uri(ONE, "/fire/moving?count=5"), "data");
        String id = first.transcript().awaitEvents(5).get(1).lastEventId();
        first.close();

        // when it comes back to a node that was not there at the time
        deploy(OTHER);
        SseClient second =
                clients.to(nodes.uri(OTHER, "/sse/moving")).lastEventId(id).open();
        second.transcript().awaitEvents(3);
        http.post(nodes.uri(ONE, "/fire/moving"), "live");

        // then it gets the rest, and what is new
        second.transcript().awaitEvents(4);
        assertEquals(
                List.of("data-2", "data-3", "data-4", "live"),
                second.transcript().data());
    }

    @Test
    void aClientSurvivesARedeploymentOfItsNodeWithoutALoss() {
        // given a client that reconnects, as browsers do
        deploy(ONE);
        deploy(OTHER);
        SseClient client =
                clients.to(nodes.uri(ONE, "/sse/survivor")).reconnecting().open();
        client.transcript().awaitOpen();
        http.post(nodes.uri(ONE, "/fire/survivor"), "before");
        client.transcript().awaitData("before");

        // when its node is away while the other one fires
        undeploy(ONE);
        client.transcript().awaitEnd(Duration.ofSeconds(5));
        http.post(nodes.uri(OTHER, "/fire/survivor"), "meanwhile");
        deploy(ONE);

        // then it has every event once
        client.transcript().awaitData("meanwhile");
        http.post(nodes.uri(OTHER, "/fire/survivor"), "after");
        client.transcript().awaitData("after");
        assertEquals(
                List.of("before", "meanwhile", "after"), client.transcript().data());
    }

    @Test
    void undeployLeavesNoConnectionToRedis() {
        // given 200 clients on 20 channels
        long before = connectionsToRedis();
        deploy(ONE);
        List<SseClient> streams = new ArrayList<>();
        for (int channel = 0; channel < 20; channel++) {
            streams.addAll(clients.open(nodes.uri(ONE, "/sse/channel-" + channel), 10));
        }
        streams.forEach(stream -> stream.transcript().awaitOpen());
        http.post(nodes.uri(ONE, "/fire/channel-0"), "data");
        streams.get(0).transcript().awaitData("data");
        long open = connectionsToRedis() - before;
        assertTrue(open <= 8, open + " connections for one node");

        // when the node ends, then so do all streams and all connections
        long begin = System.nanoTime();
        undeploy(ONE);
        for (SseClient stream : streams) {
            long end = stream.transcript().awaitEnd(Duration.ofSeconds(5)).endNanos();
            assertTrue(end - begin < Duration.ofSeconds(2).toNanos(), "ended after " + (end - begin) + " ns");
        }
        Await.until(
                "no connection is left", Duration.ofSeconds(2), RedisIT::connectionsToRedis, count -> count == before);
    }

    @Test
    void aNodeStartsWithoutRedisAndRecoversWhenItAppears() throws Exception {
        // given a node that was started while Redis was away, and a client of it
        REDIS.kill9();
        SseClient client;
        CompletableFuture<String> early;
        try {
            deploy(ONE);
            client = clients.open(nodes.uri(ONE, "/sse/late"));
            client.transcript().awaitOpen();
            early = CompletableFuture.supplyAsync(() -> http.post(nodes.uri(ONE, "/publish/early"), "kept"));
        } finally {
            // when Redis appears
            REDIS.restart();
        }

        // then who published meanwhile has an id, and the client gets what is fired now
        assertFalse(early.get(10, TimeUnit.SECONDS).isEmpty());
        Await.until(
                "the client gets an event",
                Duration.ofSeconds(10),
                () -> {
                    http.post(nodes.uri(ONE, "/fire/late"), "now");
                    return client.transcript().data();
                },
                data -> data.contains("now"));
    }

    @Test
    void eventsFiredWhileRedisIsAwayArriveWhenItIsBack() throws Exception {
        // given a node at work
        deploy(ONE);
        SseClient client = clients.open(nodes.uri(ONE, "/sse/outage"));
        client.transcript().awaitOpen();
        http.post(nodes.uri(ONE, "/fire/outage"), "before");
        client.transcript().awaitData("before");

        // when Redis dies and comes back
        REDIS.kill9();
        try {
            http.post(nodes.uri(ONE, "/fire/outage?count=3"), "meanwhile");
        } finally {
            REDIS.restart();
        }

        // then nothing is lost
        client.transcript().awaitEvents(4, Duration.ofSeconds(20));
        assertEquals(
                List.of("before", "meanwhile-0", "meanwhile-1", "meanwhile-2"),
                client.transcript().data());
    }

    private static long connectionsToRedis() {
        try (Connection connection = REDIS.connect()) {
            connection.sendCommand(Protocol.Command.CLIENT, "LIST");
            return connection.getBulkReply().lines().count();
        }
    }

    private static List<String> ids(List<ReceivedEvent> events) {
        return events.stream().map(ReceivedEvent::lastEventId).toList();
    }

    private static List<String> dataOf(List<ReceivedEvent> events, String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .map(ReceivedEvent::data)
                .toList();
    }
}
