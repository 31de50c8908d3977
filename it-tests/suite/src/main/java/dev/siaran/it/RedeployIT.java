package dev.siaran.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import dev.siaran.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/** An application that is deployed again and again, as during a day of work, leaves nothing in the server. */
@Tag("shared-process")
class RedeployIT extends AbstractSuite {

    private static final String PROBE = "probe";
    private static final String PLAIN = "plain";
    private static final int ROUNDS = 20;
    private static final int COLLECTIONS = 10;
    private static final String OF_SIARAN = "dev.siaran.SseSlowClients";

    /**
     * Class loaders that idle threads of a server may still have in a stale slot of their stacks, as WildFly's do, after all the
     * collections and requests in between. A leak is one for each deployment.
     */
    private static final int ON_IDLE_STACKS = ROUNDS / 4;

    private static final int THREADS_OF_SERVER = 64;

    /** Begun before the archive, which carries its address. */
    private static final RedisServer REDIS = startRedis();

    private static RedisServer startRedis() {
        try {
            return RedisServer.start();
        } catch (Exception e) {
            throw new IllegalStateException("no Redis", e);
        }
    }

    @Deployment(name = PROBE, testable = false, order = 1)
    static WebArchive probe() {
        return Archives.probe("redeploy-probe");
    }

    @Deployment(name = APP, testable = false, managed = false, order = 2)
    static WebArchive app() {
        return Archives.app("redeploy.war", Map.of("siaran.broker", "redis", "siaran.redis.uri", REDIS.uri()));
    }

    @Deployment(name = PLAIN, testable = false, managed = false, order = 3)
    static WebArchive plain() {
        return Archives.plain("redeploy-plain");
    }

    @AfterAll
    static void redisEnds() throws Exception {
        REDIS.close();
    }

    @Test
    void twentyRedeploymentsLeaveNoThreadNoClassLoaderAndNoConnection() {
        // given what the server has kept of other tests' applications
        long before = copies(OF_SIARAN);

        // when the application is deployed, used and taken away twenty times
        for (int round = 0; round < ROUNDS; round++) {
            useAndUndeploy();
        }

        // then no connection to Redis is left, and no thread that was not there before
        awaitNone("connections to Redis", this::connectionsToRedis);
        awaitNone("threads of the library", () -> http.get(nodes.uri(PROBE, "/threads/siaran")));
        awaitNone("threads of its pools", () -> http.get(nodes.uri(PROBE, "/threads/commons-pool")));

        // nor a class loader, unless the server keeps those of any application
        long kept = copies(OF_SIARAN) - before;
        if (kept > 0) {
            for (int round = 0; round < ROUNDS; round++) {
                usePlainAndUndeploy();
            }
            // By now most of its threads have something else on their stacks
            kept = copies(OF_SIARAN) - before;
            long keptOfPlain = copies("dev.siaran.it.plain.PlainStream$Greeting");
            System.out.println("redeploy: kept " + kept + " with Siaran, " + keptOfPlain + " without");
            assertTrue(
                    kept <= keptOfPlain + ON_IDLE_STACKS,
                    kept + " class loaders are left; " + keptOfPlain + " of one without Siaran");
        }
    }

    private void useAndUndeploy() {
        deployer.deploy(APP);
        List<SseClient> streams = new ArrayList<>(clients.open(uri("/sse/news"), 5));
        streams.addAll(clients.open(uri("/recorded/redeployed"), 2));
        streams.forEach(stream -> stream.transcript().awaitOpen());
        http.post(uri("/fire/news?count=10"), "event");
        streams.subList(0, 5).forEach(stream -> stream.transcript().awaitEvents(10));

        deployer.undeploy(APP);

        streams.forEach(stream -> stream.transcript().awaitEnd(Duration.ofSeconds(5)));
    }

    private void usePlainAndUndeploy() {
        deployer.deploy(PLAIN);
        List<SseClient> streams = clients.open(nodes.uri(PLAIN, "/plain"), 7);
        streams.forEach(stream -> stream.transcript().awaitEvents(1));
        deployer.undeploy(PLAIN);
    }

    /**
     * How many loaders of a class survive some collections: one finds what the next can free. In between, each of the
     * server's threads gets something else to do than what it still has on its stack.
     */
    private long copies(String type) {
        return LongStream.generate(() -> {
                    http.getAtOnce(nodes.uri(PROBE, "/busy"), THREADS_OF_SERVER);
                    return Long.parseLong(http.get(nodes.uri(PROBE, "/copies/" + type)));
                })
                .limit(COLLECTIONS)
                .min()
                .orElseThrow();
    }

    private String connectionsToRedis() {
        try (var connection = new Connection("127.0.0.1", REDIS.port())) {
            connection.sendCommand(Protocol.Command.CLIENT, "LIST");
            String all = new String((byte[]) connection.getOne(), UTF_8);
            return String.join(
                    "\n",
                    all.lines().filter(line -> line.contains("name=siaran")).toList());
        }
    }

    private static void awaitNone(String what, Supplier<String> left) {
        Await.until("no " + what, Duration.ofSeconds(5), left, String::isEmpty);
    }
}
