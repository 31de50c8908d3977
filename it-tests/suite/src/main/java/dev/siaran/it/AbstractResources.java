package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a resource may look like, and the ways to send it an event. */
abstract class AbstractResources extends AbstractSuite {

    @Test
    void aResourceWithoutAScopeWorks() {
        SseClient client = open("/sse/plain");
        http.post(uri("/fire/plain?name=headline"), "It works");
        assertOnly(client, "headline", "It works");
    }

    @Test
    void anApplicationScopedResourceWorks() {
        SseClient client = open("/application-scoped/applications");
        http.post(uri("/fire/applications?name=headline"), "It works");
        assertOnly(client, "headline", "It works");
    }

    @Test
    void aRequestScopedResourceWorks() {
        SseClient client = open("/request-scoped/requests");
        http.post(uri("/fire/requests?name=headline"), "It works");
        assertOnly(client, "headline", "It works");
    }

    @Test
    void anInjectedResourceFollowsTheChannelsThatItsBeanChooses() {
        SseClient client = open("/injected?channel=first&channel=second");
        http.post(uri("/fire/first"), "one");
        client.transcript().awaitData("one");
        http.post(uri("/fire/second"), "two");
        client.transcript().awaitData("two");
        assertEquals(List.of("one", "two"), client.transcript().data());
    }

    @Test
    void aResourceWithoutAChannelFollowsTheDefaultChannel() {
        SseClient client = open("/default");
        http.post(uri("/fire/sse"), "for all");
        assertOnly(client, "message", "for all");
    }

    @Test
    void aStreamOfOnesOwnSendsAtOnceAndGoesOn() {
        SseClient client = open("/time");
        List<ReceivedEvent> events = client.transcript().awaitEvents(2);
        assertEquals("time", events.get(0).type());
        assertFalse(client.transcript().hasEnded());
    }

    @Test
    void anAsynchronousEventArrives() {
        SseClient client = open("/sse/async");
        http.post(uri("/fire/async/async?name=later"), "It works");
        assertOnly(client, "later", "It works");
    }

    @Test
    void anEventFromABackgroundThreadArrives() {
        SseClient client = open("/sse/background");
        http.post(uri("/fire/background/background?name=job"), "done");
        assertOnly(client, "job", "done");
    }

    @Test
    void theQueueReturnsTheIdThatClientsSee() {
        SseClient client = open("/sse/published");
        String id = http.post(uri("/publish/published?name=headline"), "It works");
        assertEquals(id, client.transcript().awaitEvents(1).get(0).lastEventId());
    }

    @Test
    void aPolicyOfTheApplicationIsAskedForEveryStreamAndEachOfItsChannels() {
        for (String path : List.of(
                "/sse/embargoed",
                "/application-scoped/embargoed",
                "/request-scoped/embargoed",
                "/injected?channel=first&channel=embargoed&channel=second")) {
            assertEquals(401, clients.open(uri(path)).transcript().awaitStatus().status(), path);
        }
        open("/injected?channel=first&channel=second");
    }

    @Test
    void nobodyMayListenIfAPolicyFails() {
        assertEquals(
                500,
                clients.open(uri("/sse/undecided")).transcript().awaitStatus().status());
    }

    private SseClient open(String path) {
        SseClient client = clients.open(uri(path));
        client.transcript().awaitOpen();
        return client;
    }

    private static void assertOnly(SseClient client, String type, String data) {
        ReceivedEvent event = client.transcript().awaitEvents(1).get(0);
        assertEquals(type, event.type());
        assertEquals(data, event.data());
        assertEquals(1, client.transcript().events().size());
    }
}
