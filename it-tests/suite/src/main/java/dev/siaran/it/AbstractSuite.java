package dev.siaran.it;

import dev.siaran.it.client.SseClients;
import dev.siaran.it.support.Http;
import dev.siaran.it.support.Nodes;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every test of the suite has: the deployments and clients for them. */
@ExtendWith(ArquillianExtension.class)
abstract class AbstractSuite {

    static final String APP = "app";

    @ArquillianResource
    Deployer deployer;

    @ArquillianResource
    Nodes nodes;

    final SseClients clients = new SseClients();
    final Http http = new Http();

    @AfterEach
    void everyClientLeaves() {
        clients.close();
    }

    URI uri(String path) {
        return nodes.uri(APP, path);
    }
}
