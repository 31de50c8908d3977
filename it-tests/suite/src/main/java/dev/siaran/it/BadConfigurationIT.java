package dev.siaran.it;

import dev.siaran.it.support.Archives;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A value that is not allowed fails the deployment, with a message that helps. */
class BadConfigurationIT extends AbstractSuite {

    @Deployment(name = "broker", testable = false, managed = false)
    static WebArchive unknownBroker() {
        return Archives.app("bad-broker.war", Map.of("siaran.broker", "nonsense"));
    }

    @Deployment(name = "uri", testable = false, managed = false)
    static WebArchive malformedUri() {
        return Archives.app("bad-uri.war", Map.of("siaran.broker", "redis", "siaran.redis.uri", "http://x"));
    }

    @Deployment(name = "retry", testable = false, managed = false)
    static WebArchive negativeRetry() {
        return Archives.app("bad-retry.war", Map.of("siaran.retry", "-5"));
    }

    @Deployment(name = "range", testable = false, managed = false)
    static WebArchive numberOutOfRange() {
        return Archives.app("bad-range.war", Map.of("siaran.log.max-events", "0"));
    }

    @Test
    void anUnknownBrokerFailsTheDeployment() {
        assertFails("broker", "siaran.broker is \"nonsense\"; allowed is one of", "memory", "redis");
    }

    @Test
    void aMalformedUriFailsTheDeployment() {
        assertFails("uri", "siaran.redis.uri is \"http://***\"; allowed is", "redis://", "rediss://");
    }

    @Test
    void aMalformedDurationFailsTheDeployment() {
        assertFails("retry", "siaran.retry is \"-5\"; allowed is a duration from 1ms to 24h");
    }

    @Test
    void aNumberOutOfRangeFailsTheDeployment() {
        assertFails("range", "siaran.log.max-events is \"0\"; allowed is a whole number from 1 to");
    }

    private void assertFails(String deployment, String... expected) {
        Refusals.assertFails(deployer, deployment, expected);
    }
}
