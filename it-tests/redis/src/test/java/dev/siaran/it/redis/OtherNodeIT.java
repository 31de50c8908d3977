package dev.siaran.it.redis;

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
    void aClientThatGoesToTheOtherNodeInTheMiddleOfABurstLosesAndRepeatsNothingInAThousandTimes() {
        assertHoppingIsUnnoticed(CLIENTS, 1_000, RATE);
    }
}
