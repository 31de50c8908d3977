package dev.siaran.it.rabbitmq;

import dev.siaran.rabbitmq.RabbitServer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Clients that change their node while events flow. */
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isExpected", disabledReason = RabbitServer.MISSING)
class OtherNodeIT extends AbstractRabbitIT {

    private static final int CLIENTS = 10;
    private static final int HOPS = FULL ? 1_000 : 100;
    private static final int RATE = 300;

    @BeforeAll
    void start() throws Exception {
        // So few that what a client needs is in the stream of RabbitMQ only, now and then
        start(Map.of("siaran.log.max-events", "10", "siaran.log.min-age", "0s"));
    }

    @Test
    void aClientThatGoesToTheOtherNodeInTheMiddleOfABurstLosesAndRepeatsNothing() {
        assertHoppingIsUnnoticed(CLIENTS, HOPS, RATE);
    }
}
