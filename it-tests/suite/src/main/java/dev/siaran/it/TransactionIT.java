package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.support.Archives;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events that are fired inside of a transaction. */
@Tag("jta")
class TransactionIT extends AbstractSuite {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("transaction.war", Map.of());
    }

    @Test
    void anEventGoesOutWhenTheTransactionHasCommitted() {
        assertEquals(List.of("kept"), after("commit", "kept"));
    }

    @Test
    void nothingGoesOutWhenTheTransactionRollsBack() {
        assertEquals(List.of(), after("rollback", "lost"));
    }

    @Test
    void eventsOfATransactionGoOutTogetherAfterThoseThatCommittedBefore() {
        assertEquals(List.of("x-inner", "x-outer-1", "x-outer-2"), after("order", "x"));
    }

    @Test
    void anAsynchronousEventDoesNotWaitForTheTransaction() {
        assertEquals(List.of("async"), after("async", "async"));
    }

    /** What a client has received when an event that was fired afterwards arrives. */
    private List<String> after(String action, String data) {
        String channel = "transaction-" + action;
        SseClient client = clients.open(uri("/sse/" + channel));
        client.transcript().awaitOpen();
        http.post(uri("/transaction/" + channel + "/" + action), data);
        http.post(uri("/fire/" + channel), "end");
        List<String> received = client.transcript().awaitData("end").data();
        return received.subList(0, received.size() - 1);
    }
}
