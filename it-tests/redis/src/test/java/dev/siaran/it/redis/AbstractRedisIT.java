package dev.siaran.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A Redis and two nodes, the same for every test of a class, and an audience for each test. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AbstractRedisIT {

    /** Whether what takes long is done at full length. */
    static final boolean FULL = System.getProperty("siaran.it.full") != null;

    /** For what takes a moment, on a machine that has much else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private RedisServer redis;
    private RedisAdmin admin;
    private Node one;
    private Node two;
    private Audience audience;

    /** Starts everything; an outage must fit in what is kept, or a gap would be right. */
    final void start(String heap, Map<String, String> keys) throws Exception {
        var all = new TreeMap<>(Map.of(
                "siaran.log.max-events", "20000",
                "siaran.redis.history", "50000",
                "siaran.publish-buffer", "50000"));
        all.putAll(keys);
        redis = RedisAdmin.startWithDebug("--appendfsync", "always");
        all.put("siaran.redis.uri", redis.uri());
        admin = new RedisAdmin(redis);
        one = new Node("one", heap, all);
        two = new Node("two", heap, all);
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
        for (AutoCloseable part : new AutoCloseable[] {one, two, redis}) {
            if (part != null) {
                part.close();
            }
        }
    }

    /** Waits until every client has had all of so many events, each once and in order. */
    final void assertAllHaveAll(long count) {
        audience.awaitNumber(count - 1, PATIENCE);
        assertEquals(List.of(), audience.others(follower -> follower.hasAll(count)));
    }

    final RedisServer redis() {
        return redis;
    }

    final RedisAdmin admin() {
        return admin;
    }

    final Node one() {
        return one;
    }

    final Node two() {
        return two;
    }

    final Audience audience() {
        return audience;
    }
}
