package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo as it is packaged, on the server's own Jakarta Messaging, and another application as a second node. */
class DemoIT extends AbstractSuite {

    private static final String DEMO = "demo";
    private static final String OTHER = "other";

    private Management management;

    @Deployment(name = DEMO, testable = false, managed = false)
    static WebArchive demo() {
        return ShrinkWrap.create(ZipImporter.class, "siaran-demo.war")
                .importFrom(new File(System.getProperty("siaran.it.demo")))
                .as(WebArchive.class);
    }

    @Deployment(name = OTHER, testable = false, managed = false)
    static WebArchive other() {
        return Archives.app("beside-the-demo.war", Map.of("siaran.broker", "jms"));
    }

    /** What SIARAN_BROKER=jms in the environment says to all applications; other tests have other brokers. */
    @BeforeEach
    void chooseBrokerAndDeploy() throws IOException {
        management = new Management();
        ModelNode add = broker("add");
        add.get("value").set("jms");
        management.execute(add);
        deployer.deploy(DEMO);
        deployer.deploy(OTHER);
    }

    @AfterEach
    void undeploy() throws IOException {
        management.execute(broker("remove"));
        management.close();
        deployer.undeploy(DEMO);
        deployer.undeploy(OTHER);
    }

    private static ModelNode broker(String operation) {
        return Management.operation(operation, "system-property", "siaran.broker");
    }

    /** The demo says itself where it wants to be: at the root. */
    private static URI demo(String path) {
        return URI.create("http://127.0.0.1:" + Integer.getInteger("port.http") + path);
    }

    @Test
    void thePageIsServedAndWhatIsPublishedOnOneNodeAppearsOnBoth() {
        // given the page, and what it opens
        String page = http.get(demo("/"));
        assertTrue(page.contains("app.js"), page);
        http.get(demo("/app.js"));
        SseClient atDemo = clients.open(demo("/sse/news"));
        SseClient atOther = clients.open(nodes.uri(OTHER, "/sse/news"));
        SseClient clock = clients.open(demo("/time"));
        atDemo.transcript().awaitOpen();
        atOther.transcript().awaitOpen();

        // when something is published as the page does it, and elsewhere
        http.post(demo("/publish/news?event=headline"), "from the page");
        atOther.transcript().awaitData("from the page");
        http.post(nodes.uri(OTHER, "/fire/news?name=headline"), "from elsewhere");

        // then
        for (SseClient client : List.of(atDemo, atOther)) {
            client.transcript().awaitEvents(2);
            assertEquals(
                    List.of("from the page", "from elsewhere"),
                    client.transcript().data());
            assertEquals("headline", client.transcript().events().get(0).type());
        }
        assertEquals("time", clock.transcript().awaitEvents(1).get(0).type());
    }
}
