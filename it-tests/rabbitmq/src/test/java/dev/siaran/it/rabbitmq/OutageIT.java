package dev.siaran.it.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.cluster.Follower;
import dev.siaran.it.cluster.Show;
import dev.siaran.it.support.Await;
import dev.siaran.rabbitmq.RabbitServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** RabbitMQ, a node or the way between them fails while 200 clients of two nodes get 300 events a second. */
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isExpected", disabledReason = RabbitServer.MISSING)
class OutageIT extends AbstractRabbitIT {

    private static final int CLIENTS_OF_A_NODE = 100;
    private static final int RATE = 300;
    private static final int ROUNDS = Integer.getInteger("siaran.it.rounds", 5);

    @BeforeAll
    void start() throws Exception {
        start(Map.of("siaran.log.max-events", "50000"));
    }

    private Show begin(String channel) {
        return Show.begin(channel, audience(), List.of(one(), two()), CLIENTS_OF_A_NODE, RATE);
    }

    @Test
    void nothingIsLostOrRepeatedWhenRabbitIsKilledAndComesBack() throws Exception {
        assertUnnoticed(begin("killed"), ROUNDS, () -> {
            rabbit().kill9();
            rabbit().restart();
        });
    }

    @Test
    void nothingIsLostOrRepeatedWhenAllConnectionsAreCut() throws Exception {
        assertUnnoticed(begin("cut"), ROUNDS, () -> rabbit().ctl("close_all_connections", "a test"));
    }

    @Test
    void aNodeThatWasStoppedInItsTracksGoesOnWhereItWas() throws Exception {
        assertUnnoticed(begin("paused"), 1, () -> {
            two().pause();
            try {
                Await.until("RabbitMQ gives the node up", PATIENCE, this::connections, count -> count == 1);
            } finally {
                two().resume();
            }
        });
    }

    /** How many there are, as RabbitMQ knows them. */
    private long connections() {
        try {
            return rabbit().ctl("list_connections", "--no-table-headers", "name")
                    .lines()
                    .count();
        } catch (Exception e) {
            throw new AssertionError("rabbitmqctl", e);
        }
    }

    @Test
    void theClientsOfANodeThatIsRestartedGoOnWhereTheyWere() throws Exception {
        // given
        Show show = begin("restarted");

        // when the node dies, and starts again after its clients have missed something
        two().kill();
        show.awaitMorePublished();
        two().start();
        audience().await("everyone is back", PATIENCE, Follower::isOpen);
        show.awaitMore();

        // then they have missed nothing
        show.endComplete();
        assertEquals(
                List.of(),
                audience().others(client -> client.opened().size() == (client.isAt(two()) ? 2 : 1)),
                "the streams of the one node have ended, and those of the other have not");
    }
}
