package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jboss.arquillian.container.test.api.Deployer;

/** Deployments that fail. */
final class Refusals {

    private Refusals() {}

    /** Deploys, and checks that it fails with all of these texts in the server's answer. */
    static void assertFails(Deployer deployer, String deployment, String... expected) {
        try {
            deployer.deploy(deployment);
        } catch (Throwable refused) {
            var trace = new StringWriter();
            refused.printStackTrace(new PrintWriter(trace));
            // Servers escape quotes as they like
            String message = trace.toString().replace("\\\"", "\"").replace("&quot;", "\"");
            for (String part : expected) {
                assertTrue(message.contains(part), "no \"" + part + "\" in:\n" + message);
            }
            return;
        }
        deployer.undeploy(deployment);
        fail(deployment + " is deployed");
    }
}
