package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Receiver;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of one channel. */
class ChannelFeedTest extends ChannelFeedTestCase {

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
    void entriesOfOthersKeepTheirPlace() throws Exception {
        // given
        goLive("5-0");

        // when
        feed.announced(entry("6-0", "7-0"));
        answer("7-0", new Entry(null, "6-0", null, null), entry("6-0", "7-0"));

        // then
        assertEquals(List.of("at 7-0"), receiver.data(1));
    }
}
