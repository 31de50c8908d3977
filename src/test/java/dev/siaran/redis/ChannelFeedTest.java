package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of one channel, with a log that answers when the test says so. */
class ChannelFeedTest {

    private static final Duration TTL = Duration.ofHours(1);

    private record Asked(int turn, String after) {}

    private final Deque<Asked> asked = new ArrayDeque<>();
    private final Receiver receiver = new Receiver();
    private final SetClock clock = new SetClock();
    private final ChannelFeed feed =
            new ChannelFeed("news", receiver, (feed, turn, after) -> asked.add(new Asked(turn, after)), TTL, clock);

    private static Entry entry(String previous, String id) {
        return new Entry(previous, id, new Message("news", null, "at " + id), null);
    }

    private void answer(String epoch, String tail, Entry... entries) {
        feed.filled(asked.remove().turn(), new Fill(new Epoch("key", epoch), tail, List.of(entries), false));
    }

    private void answer(String tail, Entry... entries) {
        answer("epoch", tail, entries);
    }

    private void goLive(String tail) throws Exception {
        feed.subscribed();
        answer(tail);
        assertEquals(tail, receiver.awaitLive());
    }

    @Test
    void whatFollowsIsDeliveredAtOnce() throws Exception {
        goLive("5-0");
        feed.announced(entry("5-0", "6-0"));
        feed.announced(entry("6-0", "6-1"));
        assertEquals(List.of("at 6-0", "at 6-1"), receiver.data(2));
        assertTrue(asked.isEmpty());
    }

    @Test
    void whatWasAnnouncedWhileTheStartWasReadComesOnce() throws Exception {
        // given
        feed.subscribed();
        feed.announced(entry("4-0", "5-0"));
        feed.announced(entry("5-0", "6-0"));

        // when: the newest entry at the time of reading was the first of these
        answer("5-0");

        // then
        assertEquals("5-0", receiver.awaitLive());
        assertEquals(List.of("at 6-0"), receiver.data(1));
        receiver.assertNothingMore();
    }

    @Test
    void aHoleIsFilledBeforeAnythingNewer() throws Exception {
        // given
        goLive("5-0");

        // when
        feed.announced(entry("7-0", "8-0"));
        feed.announced(entry("8-0", "9-0"));
        receiver.assertNothingMore();
        assertEquals("5-0", asked.peek().after());
        answer("8-0", entry("5-0", "6-0"), entry("6-0", "7-0"), entry("7-0", "8-0"));

        // then
        assertEquals(List.of("at 6-0", "at 7-0", "at 8-0", "at 9-0"), receiver.data(4));
        receiver.assertNothingMore();
        assertTrue(asked.isEmpty());
    }

    @Test
    void aHoleThatTheLogNoLongerHasIsTold() throws Exception {
        // given
        goLive("5-0");

        // when
        feed.announced(entry("7-0", "8-0"));
        answer("8-0", entry("6-0", "7-0"), entry("7-0", "8-0"));

        // then
        assertEquals(List.of(Receiver.LOST, "at 7-0", "at 8-0"), receiver.data(3));
        receiver.assertNothingMore();
    }

    @Test
    void anAnnouncedEntryThatTheLogDoesNotHaveIsDeliveredAfterTheLoss() throws Exception {
        // given
        goLive("5-0");

        // when
        feed.announced(entry("7-0", "8-0"));
        answer("5-0");

        // then: it does not ask for ever
        assertEquals(List.of(Receiver.LOST, "at 8-0"), receiver.data(2));
        assertTrue(asked.isEmpty());
    }

    @Test
    void repetitionsAreDropped() throws Exception {
        goLive("5-0");
        feed.announced(entry("5-0", "6-0"));
        feed.announced(entry("5-0", "6-0"));
        feed.announced(entry("4-0", "5-0"));
        feed.announced(entry("6-0", "7-0"));
        assertEquals(List.of("at 6-0", "at 7-0"), receiver.data(2));
        receiver.assertNothingMore();
    }

    @Test
    void afterAReconnectItContinuesFromTheLastId() throws Exception {
        // given
        goLive("5-0");
        feed.disconnected();
        feed.announced(entry("6-0", "7-0"));

        // when
        feed.subscribed();
        assertEquals("5-0", asked.peek().after());
        feed.announced(entry("7-0", "8-0"));
        answer("7-0", entry("5-0", "6-0"), entry("6-0", "7-0"));

        // then
        assertEquals(List.of("at 6-0", "at 7-0", "at 8-0"), receiver.data(3));
        receiver.assertNothingMore();
    }

    @Test
    void anAnswerFromBeforeTheReconnectIsIgnored() throws Exception {
        // given
        goLive("5-0");
        feed.announced(entry("7-0", "8-0"));
        feed.disconnected();

        // when
        answer("8-0", entry("5-0", "6-0"));

        // then
        receiver.assertNothingMore();
    }

    @Test
    void aLongHoleIsReadPageByPage() throws Exception {
        // given
        goLive("1-0");
        feed.disconnected();
        feed.subscribed();

        // when
        feed.filled(
                asked.remove().turn(), new Fill(new Epoch("key", "epoch"), "3-0", List.of(entry("1-0", "2-0")), true));
        assertEquals("2-0", asked.peek().after());
        answer("3-0", entry("2-0", "3-0"));

        // then
        assertEquals(List.of("at 2-0", "at 3-0"), receiver.data(2));
    }

    @Test
    void noFurtherPageIsReadOnceItMeetsWhatWasAnnounced() throws Exception {
        // given
        goLive("1-0");
        feed.disconnected();
        feed.subscribed();
        feed.announced(entry("1-0", "2-0"));
        feed.announced(entry("2-0", "3-0"));
        feed.announced(entry("3-0", "4-0"));

        // when
        feed.filled(
                asked.remove().turn(), new Fill(new Epoch("key", "epoch"), "4-0", List.of(entry("1-0", "2-0")), true));

        // then
        assertEquals(List.of("at 2-0", "at 3-0", "at 4-0"), receiver.data(3));
        assertTrue(asked.isEmpty());
    }

    @Test
    void theFirstMessageOfAChannelIsNoReasonToReadAgain() throws Exception {
        // given
        feed.subscribed();
        feed.announced(entry("", "1-0"));
        feed.announced(entry("1-0", "2-0"));

        // when
        answer("2-0");

        // then
        assertEquals("2-0", receiver.awaitLive());
        assertTrue(asked.isEmpty());
    }

    @Test
    void moreAnnouncementsThanFitAreReadFromTheLog() throws Exception {
        // given
        goLive("1-0");
        feed.disconnected();
        feed.subscribed();
        for (int i = 2; i < 12_000; i++) {
            feed.announced(entry((i - 1) + "-0", i + "-0"));
        }

        // when
        answer("1-0");

        // then
        String last = receiver.data(10_000).get(9_999);
        assertEquals("at " + asked.peek().after(), last);
        receiver.assertNothingMore();
    }

    @Test
    void aChannelThatIsTooBusyToBeginStartsLater() throws Exception {
        // given
        feed.subscribed();
        for (int i = 2; i < 12_000; i++) {
            feed.announced(entry((i - 1) + "-0", i + "-0"));
        }

        // when
        answer("1-0");
        answer("12000-0");
        feed.announced(entry("12000-0", "12001-0"));

        // then
        assertEquals("12000-0", receiver.awaitLive());
        assertEquals(List.of("at 12001-0"), receiver.data(1));
    }

    @Test
    void aLogThatWasTakenBackIsTold() throws Exception {
        // given: a failover to a replica that had not got everything
        goLive("9-0");
        feed.disconnected();
        feed.subscribed();

        // when
        answer("7-0");
        feed.announced(entry("7-0", "8-0"));

        // then: ids below those that were seen are new all the same
        assertEquals(List.of(Receiver.LOST, "at 8-0"), receiver.data(2));
    }

    @Test
    void aServerThatLostItsDataIsToldOnce() throws Exception {
        // given: a channel that has had no message
        goLive("");
        feed.disconnected();
        feed.subscribed();

        // when
        answer("another epoch", "3-0", entry("", "3-0"));

        // then
        assertEquals(List.of(Receiver.LOST, "at 3-0"), receiver.data(2));
        receiver.assertNothingMore();
    }

    @Test
    void aServerWhoseDataAndClockWereSetBackIsNotIgnored() throws Exception {
        // given
        goLive("9-0");

        // when: an id below the last, of an entry that says it is the first
        feed.announced(entry("", "3-0"));
        answer("3-0");
        feed.announced(entry("3-0", "4-0"));

        // then
        assertEquals(List.of(Receiver.LOST, "at 4-0"), receiver.data(2));
    }

    @Test
    void aLogThatExpiredWhileTheNodeListenedHasLostNothing() throws Exception {
        goLive("5-0");
        feed.announced(entry("", "6-0"));
        assertEquals(List.of("at 6-0"), receiver.data(1));
        assertTrue(asked.isEmpty());
    }

    @Test
    void aLogThatExpiredDuringAShortAbsenceHasLostNothing() throws Exception {
        // given
        String last = clock.millis() + "-0";
        goLive(last);
        clock.advance(TTL.minusSeconds(1));
        feed.disconnected();
        clock.advance(Duration.ofSeconds(2));

        // when
        feed.subscribed();
        answer("");

        // then
        receiver.assertNothingMore();
    }

    @Test
    void aLogThatIsGoneBeforeItsTimeIsTold() throws Exception {
        // given
        goLive(clock.millis() + "-0");
        feed.disconnected();
        clock.advance(Duration.ofSeconds(2));

        // when
        feed.subscribed();
        answer("");

        // then
        assertEquals(List.of(Receiver.LOST), receiver.data(1));
    }

    @Test
    void aLogThatMayHaveComeAndGoneDuringALongAbsenceIsTold() throws Exception {
        // given
        goLive(clock.millis() + "-0");
        feed.disconnected();
        clock.advance(TTL.plusSeconds(1));

        // when
        feed.subscribed();
        answer("");

        // then
        assertEquals(List.of(Receiver.LOST), receiver.data(1));
    }

    @Test
    void entriesOfOthersKeepTheirPlace() throws Exception {
        // given
        goLive("5-0");

        // when
        feed.announced(entry("6-0", "7-0"));
        answer("7-0", new Entry(null, "6-0", null, null), entry("6-0", "7-0"));

        // then
        assertEquals(List.of("at 7-0"), receiver.data(1));
    }

    private static final class SetClock extends Clock {

        private Instant now = Instant.ofEpochMilli(1_700_000_000_000L);

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    private static Entry entryAfterLossOf(String forgotten, String previous, String id) {
        return new Entry(previous, id, new Message("news", null, "at " + id), forgotten);
    }

    @Test
    void aLossThatOnlyThePublisherKnowsIsTold() throws Exception {
        goLive("5-0");
        feed.announced(entryAfterLossOf("6-0", "5-0", "8-0"));
        feed.announced(entry("8-0", "9-0"));
        assertEquals(List.of(Receiver.LOST, "at 8-0", "at 9-0"), receiver.data(3));
        receiver.assertNothingMore();
    }

    @Test
    void aLossThatOnlyThePublisherKnowsIsToldFromTheLog() throws Exception {
        // given
        goLive("5-0");
        feed.disconnected();
        feed.subscribed();

        // when
        answer("8-0", entryAfterLossOf("6-0", "5-0", "8-0"));

        // then
        assertEquals(List.of(Receiver.LOST, "at 8-0"), receiver.data(2));
        receiver.assertNothingMore();
    }

    @Test
    void aLossThatIsNoticedInTwoWaysIsToldOnce() throws Exception {
        // given: 6 is delivered and lost in a failover, as this node sees for itself
        goLive("5-0");
        feed.announced(entry("5-0", "6-0"));
        feed.disconnected();
        feed.subscribed();
        answer("5-0");

        // when: two publishers tell, one at once, one after others have published
        feed.announced(entryAfterLossOf("6-0", "5-0", "8-0"));
        feed.announced(entry("8-0", "9-0"));
        feed.announced(entryAfterLossOf("7-0", "9-0", "10-0"));

        // then
        assertEquals(List.of("at 6-0", Receiver.LOST, "at 8-0", "at 9-0", "at 10-0"), receiver.data(5));
        receiver.assertNothingMore();
    }

    @Test
    void aLossOfWhatWasDeliveredBeforeTheLogWasDeletedIsNone() throws Exception {
        goLive("5-0");
        feed.announced(entry("5-0", "6-0"));
        feed.announced(entryAfterLossOf("6-0", "", "8-0"));
        assertEquals(List.of("at 6-0", "at 8-0"), receiver.data(2));
        receiver.assertNothingMore();
    }

    @Test
    void aLossWithinAPageIsTold() throws Exception {
        // given
        goLive("5-0");
        feed.disconnected();
        feed.subscribed();

        // when: 7 was added by a server that is gone
        answer("9-0", entry("5-0", "6-0"), entry("7-0", "8-0"), entry("8-0", "9-0"));

        // then
        assertEquals(List.of("at 6-0", Receiver.LOST, "at 8-0", "at 9-0"), receiver.data(4));
        receiver.assertNothingMore();
    }

    @Test
    void anEpochOfAnotherServerTellsNothing() throws Exception {
        // given
        goLive("5-0");
        feed.disconnected();
        feed.subscribed();

        // when: the channel has moved
        feed.filled(asked.remove().turn(), new Fill(new Epoch("key 2", "epoch 2"), "5-0", List.of(), false));
        feed.announced(entry("5-0", "6-0"));

        // then
        assertEquals(List.of("at 6-0"), receiver.data(1));
        receiver.assertNothingMore();
    }
}
