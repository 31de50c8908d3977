package dev.siaran.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that change their node while events flow. */
class OtherNodeIT extends AbstractRedisIT {

    private static final int CLIENTS = 10;
    private static final int RATE = 2_000;

    @BeforeAll
    void start() throws Exception {
        start("256m", Map.of());
    }

    @Test
    void aClientThatGoesToTheOtherNodeInTheMiddleOfABurstLosesAndRepeatsNothingInAThousandTimes() throws Exception {
        // given clients that drop their connection in the middle of the stream and go to the other node
        List<Follower> clients = audience()
                .follow(
                        RestlessFollower::new,
                        Collections.nCopies(CLIENTS, List.of(one().stream("moving"), two().stream("moving"))));

        // when events flow all the time
        Publishing events = one().publish("moving", RATE, 0);
        audience()
                .await("a thousand hops", PATIENCE.multipliedBy(3), client -> ((RestlessFollower) client).hasSettled());
        long count = events.stop(PATIENCE);

        // then each has had each of them, once and in order
        assertAllHaveAll(count);
        assertEquals(
                List.of(),
                audience().others(client -> client.opened().size() > RestlessFollower.HOPS * 9 / 10),
                "streams that had begun when they were dropped");
        long opened = audience()
                .ask(all -> clients.stream()
                        .mapToLong(client -> client.opened().size())
                        .sum());
        System.out.println(
                "moving: " + count + " events for each of " + CLIENTS + " clients over " + opened + " streams");
    }
}
