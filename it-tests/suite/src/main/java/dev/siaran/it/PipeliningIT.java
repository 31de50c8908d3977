package dev.siaran.it;

import dev.siaran.it.client.Pipeline;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What comes behind a stream on its connection. */
class PipeliningIT extends AbstractSuite {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("pipelining.war", Map.of("siaran.shards", "1"));
    }

    @Test
    void whatTheRequestBehindAStreamWaitsForHoldsUpNobodyElse() {
        Transcript other = clients.open(uri("/sse/other")).transcript().awaitOpen();
        try (var pipeline = Pipeline.open(uri("/sse/first"), uri("/held"))) {
            pipeline.await("retry: ");
            http.post(uri("/revoke/channel"), "first");
            try {
                Await.until(
                        "the request behind the stream is being served",
                        Duration.ofSeconds(5),
                        () -> http.get(uri("/held/count")),
                        "1"::equals);

                http.post(uri("/fire/other"), "meanwhile");

                other.awaitData("meanwhile");
            } finally {
                http.send("DELETE", uri("/held"), "", "Accept", "*/*");
            }
            pipeline.await("released");
        }
    }
}
