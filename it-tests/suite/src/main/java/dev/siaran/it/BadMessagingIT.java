package dev.siaran.it;

import dev.siaran.it.support.Archives;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server's naming does not have fails the deployment, with a message that says how to create it. */
@Tag("jms")
class BadMessagingIT extends AbstractSuite {

    @Deployment(name = "topic", testable = false, managed = false)
    static WebArchive noTopic() {
        return Archives.app(
                "bad-topic.war", Map.of("siaran.broker", "jms", "siaran.jms.topic", "java:comp/env/jms/nowhere"));
    }

    @Deployment(name = "factory", testable = false, managed = false)
    static WebArchive noFactory() {
        return Archives.app(
                "bad-factory.war", Map.of("siaran.broker", "jms", "siaran.jms.connection-factory", "jms/siaran"));
    }

    @Test
    void aMissingTopicFailsTheDeploymentAndIsNamedWithTheCommandThatCreatesIt() {
        Refusals.assertFails(
                deployer,
                "topic",
                "siaran.jms.topic is \"java:comp/env/jms/nowhere\", and the server has nothing of that name: create it",
                "jms-topic add",
                "create-jms-resource");
    }

    @Test
    void aTopicInThePlaceOfTheFactoryFailsTheDeployment() {
        Refusals.assertFails(
                deployer,
                "factory",
                "siaran.jms.connection-factory is \"jms/siaran\", which is no jakarta.jms.ConnectionFactory");
    }
}
