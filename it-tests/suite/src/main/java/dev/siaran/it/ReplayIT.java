package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.client.ReceivedEvent;
import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.Transcript;
import dev.siaran.it.support.Archives;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that comes back gets what it missed, or is told that it is gone. */
class ReplayIT extends AbstractSuite {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("replay.war", Map.of("siaran.log.max-events", "100", "siaran.log.min-age", "0s"));
    }

    @Test
    void aClientThatReconnectsGetsWhatItMissedAndThenWhatIsNew() {
        // given a client that has left after three of ten events
        List<ReceivedEvent> before = tenEvents("back");

        // when it comes back with the id of the third, and two more are fired
        SseClient client = clients.to(uri("/sse/back"))
                .lastEventId(before.get(2).lastEventId())
                .open();
        client.transcript().awaitEvents(7);
        http.post(uri("/fire/back?count=2"), "new");

        // then nothing is missing and nothing comes twice
        client.transcript().awaitEvents(9);
        assertEquals(
                List.of("old-3", "old-4", "old-5", "old-6", "old-7", "old-8", "old-9", "new-0", "new-1"),
                client.transcript().data());
    }

    @Test
    void aClientThatCannotSetHeadersGivesTheIdInTheQuery() {
        List<ReceivedEvent> before = tenEvents("query");
        SseClient client =
                clients.open(uri("/sse/query?lastEventId=" + before.get(7).lastEventId()));
        client.transcript().awaitEvents(2);
        http.post(uri("/fire/query"), "new");
        client.transcript().awaitEvents(3);
        assertEquals(List.of("old-8", "old-9", "new"), client.transcript().data());
    }

    @Test
    void aClientThatHasSeenTheLastEventGetsOnlyWhatIsNew() {
        List<ReceivedEvent> before = tenEvents("current");
        SseClient client = clients.to(uri("/sse/current"))
                .lastEventId(before.get(9).lastEventId())
                .open();
        client.transcript().awaitOpen();
        http.post(uri("/fire/current"), "new");
        client.transcript().awaitEvents(1);
        assertEquals(List.of("new"), client.transcript().data());
    }

    @Test
    void aNewClientGetsOnlyWhatIsNew() {
        tenEvents("fresh");
        SseClient client = clients.open(uri("/sse/fresh"));
        client.transcript().awaitOpen();
        http.post(uri("/fire/fresh"), "new");
        client.transcript().awaitEvents(1);
        assertEquals(List.of("new"), client.transcript().data());
    }

    @Test
    void aClientWhoseIdIsNoLongerKeptIsToldSoAndGetsTheRest() {
        // given a channel that keeps 100 of 200 events, a few more for the sake of clients that are behind
        String requested = tenEvents("trimmed").get(4).lastEventId();
        Transcript witness = clients.open(uri("/sse/trimmed")).transcript().awaitOpen();
        for (int i = 1; i < 20; i++) {
            http.post(uri("/fire/trimmed?count=10"), "more-" + i);
            witness.awaitEvents(i * 10);
        }
        http.post(uri("/fire/trimmed"), "end");
        witness.awaitData("end");

        // when a client comes back with an id from before them
        Transcript transcript =
                clients.to(uri("/sse/trimmed")).lastEventId(requested).open().transcript();

        // then it gets a gap that names both ends, and all that is kept
        List<ReceivedEvent> events = transcript.awaitData("end").events();
        ReceivedEvent gap = events.get(0);
        assertEquals("gap", gap.type());
        assertTrue(gap.data().contains("\"channel\":\"trimmed\""), gap.data());
        assertTrue(gap.data().contains("\"requested\":\"" + requested + "\""), gap.data());
        assertTrue(gap.data().contains("\"oldest\":\"" + events.get(1).lastEventId() + "\""), gap.data());
        int kept = events.size() - 1;
        assertTrue(kept >= 100 && kept < 130, kept + " events are kept");
        List<String> all = witness.data();
        assertEquals(
                all.subList(all.size() - kept, all.size()), transcript.data().subList(1, kept + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "0", "-1", "99999999999999-0", "1-1-1", "m-1", "%F0%9F%98%80", "a%20b", "%22%5C%0A"})
    void anIdThatTheServerDoesNotKnowGetsOneGapAndThenWhatIsNew(String id) {
        String channel = "unknown" + Integer.toHexString(id.hashCode());
        assertOneGap(clients.open(uri("/sse/" + channel + "?lastEventId=" + id)), channel);
    }

    @Test
    void anIdOfTenKilobytesGetsOneGapOrIsRefusedByTheServer() {
        String id = "7".repeat(10 * 1024);
        SseClient header = clients.to(uri("/sse/long-header")).lastEventId(id).open();
        SseClient query = clients.open(uri("/sse/long-query?lastEventId=" + id));
        assertOneGapOrRefused(header, "long-header");
        assertOneGapOrRefused(query, "long-query");
    }

    private void assertOneGapOrRefused(SseClient client, String channel) {
        int status = client.transcript().awaitStatus().status();
        if (status == 200) {
            assertOneGap(client, channel);
        } else {
            assertTrue(status >= 400 && status < 500, client.transcript().toString());
        }
    }

    private void assertOneGap(SseClient client, String channel) {
        client.transcript().awaitEvents(1);
        http.post(uri("/fire/" + channel), "new");
        List<ReceivedEvent> events = client.transcript().awaitEvents(2);
        assertEquals("gap", events.get(0).type());
        assertTrue(
                events.get(0).data().contains("\"channel\":\"" + channel + "\""),
                events.get(0).data());
        assertEquals("new", events.get(1).data());
        assertFalse(client.transcript().hasEnded());
    }

    private List<ReceivedEvent> tenEvents(String channel) {
        try (SseClient client = clients.open(uri("/sse/" + channel))) {
            client.transcript().awaitOpen();
            http.post(uri("/fire/" + channel + "?count=10"), "old");
            return client.transcript().awaitEvents(10);
        }
    }
}
