package dev.siaran.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.History.Start;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What the Javadoc of {@link Broker} promises where the nodes share ids and history; every broker that keeps them passes it. */
public abstract class BrokerContractTest extends DeliveryContractTest {

    /** A node that keeps few messages, so that {@link #TRIMMING} are too many. */
    protected abstract Broker openForgetfulNode() throws Exception;

    /** More messages than a forgetful node keeps. */
    protected static final int TRIMMING = 400;

    /** Checks a page that begins after an id which the broker gave out; one that keeps no history says so. */
    protected void assertPage(List<String> expectedIds, History page) {
        assertEquals(expectedIds, ids(page));
        assertEquals(Start.COMPLETE, page.start());
    }

    /** Checks a page that begins after an id older than all that is kept, of messages that end with the given id. */
    protected void assertTrimmedPage(String lastId, History page) {
        assertEquals(Start.TRIMMED, page.start());
        assertEquals(lastId, ids(page).get(page.messages().size() - 1));
    }

    /**
     * Checks what a channel starts with.
     *
     * @param before the id of the channel's last message, empty if there is none
     */
    protected void assertStart(Broker broker, String before, String start) throws Exception {
        assertEquals(before, start);
    }

    private static List<String> publish(Broker broker, String channel, int count) throws Exception {
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(send(broker, channel, "m" + i));
        }
        List<String> ids = new ArrayList<>();
        for (CompletionStage<String> stage : sent) {
            ids.add(Await.value(stage));
        }
        return ids;
    }

    private static List<String> ids(History page) {
        return page.messages().stream().map(StoredMessage::id).toList();
    }

    @Test
    void publishReturnsTheIdThatIsDelivered() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker, CHANNEL);

        // when
        String id = Await.value(send(broker, CHANNEL, "hello"));

        // then
        assertEquals(new StoredMessage(id, new Message(CHANNEL, "event", "hello")), receiver.next());
        assertTrue(id.matches("[A-Za-z0-9._-]{1,64}"), id);
    }

    @Test
    void theStartIsTheMessageBefore() throws Exception {
        // given
        Broker broker = node();
        String before = Await.value(send(broker, CHANNEL, "before"));
        letItGrowOld();

        // when
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);

        // then
        assertStart(broker, before, receiver.awaitLive());
    }

    @Test
    void idsAreUniqueWithinAChannel() throws Exception {
        // given
        List<Broker> nodes = allNodes();

        // when
        Set<String> ids = new HashSet<>();
        for (Broker node : nodes) {
            ids.addAll(publish(node, CHANNEL, 300));
        }

        // then
        assertEquals(300 * nodes.size(), ids.size());
    }

    @Test
    void aChannelWithoutMessagesStartsEmpty() throws Exception {
        // given
        Broker broker = node();
        var receiver = new Receiver();

        // when
        broker.subscribe(CHANNEL, receiver);

        // then
        assertStart(broker, "", receiver.awaitLive());
    }

    @Test
    void historyIsWhatFollowsAnId() throws Exception {
        // given
        Broker broker = node();
        List<String> ids = publish(broker, CHANNEL, 10);

        // then
        assertPage(ids.subList(3, 10), history(broker, ids.get(2), "", 100));
        assertPage(ids.subList(3, 7), history(broker, ids.get(2), ids.get(6), 100));
        assertPage(ids.subList(3, 5), history(broker, ids.get(2), "", 2));
        assertPage(ids.subList(3, 5), history(broker, ids.get(2), ids.get(6), 2));
    }

    @Test
    void nothingFollowsTheLastId() throws Exception {
        // given
        Broker broker = node();
        List<String> ids = publish(broker, CHANNEL, 3);
        String last = ids.get(2);

        // then
        assertEquals(History.empty(Start.COMPLETE), history(broker, last, "", 10));
        assertEquals(History.empty(Start.COMPLETE), history(broker, last, last, 10));
    }

    @Test
    void everyNodeHasTheSameHistory() throws Exception {
        // given
        List<Broker> nodes = allNodes();
        List<String> ids = publish(nodes.get(0), CHANNEL, 5);

        // then
        for (Broker node : nodes) {
            assertPage(ids.subList(1, 5), history(node, ids.get(0), "", 10));
        }
    }

    @Test
    void historyBeginsAtTheBeginningForAnEmptyId() throws Exception {
        // given
        Broker broker = node();

        // then
        assertEquals(History.empty(Start.COMPLETE), history(broker, "", "", 10));
        List<String> ids = publish(broker, CHANNEL, 3);
        assertPage(ids, history(broker, "", "", 10));
    }

    @Test
    void historyCanBeReadInPages() throws Exception {
        // given
        Broker broker = node();
        List<String> ids = publish(broker, CHANNEL, 50);

        // when
        List<String> read = new ArrayList<>();
        String last = ids.get(0);
        History page = history(broker, last, "", 20);
        while (!page.messages().isEmpty()) {
            assertEquals(Start.COMPLETE, page.start());
            read.addAll(ids(page));
            last = read.get(read.size() - 1);
            page = history(broker, last, "", 20);
        }

        // then
        assertPage(ids.subList(1, 50), new History(page.start(), replayOf(read)));
    }

    private static List<StoredMessage> replayOf(List<String> ids) {
        return ids.stream()
                .map(id -> new StoredMessage(id, new Message(CHANNEL, null, "")))
                .toList();
    }

    @Test
    void anIdOlderThanAllThatIsKeptIsTrimmed() throws Exception {
        // given
        Broker broker = closing(openForgetfulNode());
        List<String> ids = publish(broker, CHANNEL, TRIMMING);

        // when
        History page = history(broker, ids.get(0), "", TRIMMING);

        // then
        assertTrimmedPage(ids.get(TRIMMING - 1), page);
        List<String> kept = ids(page);
        assertEquals(ids.subList(TRIMMING - kept.size(), TRIMMING), kept);
    }

    @Test
    void anIdThatTheChannelNeverGaveOutIsUnknown() throws Exception {
        // given
        Broker broker = node();
        List<String> ids = publish(broker, CHANNEL, 3);
        String future = ids.get(2).replaceAll("-.*", "-99999999999");

        for (String id : List.of(
                future,
                "?",
                "-",
                "0",
                "1-",
                "-1",
                "1-1-1",
                "1--1",
                " 1-1",
                "1-1\n",
                "\u0663-\u0661",
                "1-1\r\nFLUSHALL\r\n",
                "99999999999999999999999-1",
                "18446744073709551615-18446744073709551615",
                "+",
                "(1-1",
                "$",
                "\0",
                "x".repeat(10_000),
                "1".repeat(10_000) + "-1",
                "1-" + "1".repeat(10_000),
                "🎉")) {
            // when
            History page = history(broker, id, "", 10);

            // then
            assertEquals(History.empty(Start.UNKNOWN), page, () -> id.substring(0, Math.min(30, id.length())));
        }
    }

    @Test
    void anIdOfAnotherChannelIsNotTakenForThisOnes() throws Exception {
        // given
        Broker broker = node();
        Set<String> own = new HashSet<>();
        String foreign;
        do {
            own.add(Await.value(send(broker, CHANNEL, "1")));
            foreign = Await.value(send(broker, "other", "2"));
            own.add(Await.value(send(broker, CHANNEL, "3")));
        } while (own.contains(foreign)); // the same id in two channels cannot be told

        // then
        assertNotEquals(Start.COMPLETE, history(broker, foreign, "", 10).start());
    }

    @Test
    void anIdOfAnotherChannelThatIsNewerThanTheLastOfThisIsUnknown() throws Exception {
        // given
        Broker broker = node();
        String last = Await.value(send(broker, CHANNEL, "1"));
        String foreign;
        do {
            foreign = Await.value(send(broker, "other", "2"));
        } while (foreign.equals(last)); // the same id in two channels cannot be told

        // then
        assertEquals(History.empty(Start.UNKNOWN), history(broker, foreign, "", 10));
    }

    protected static History history(Broker broker, String after, String through, int limit) throws Exception {
        return Await.value(broker.history(CHANNEL, after, through, limit));
    }
}
