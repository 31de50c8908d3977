package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a channel tells as lost, and what not. */
class ChannelFeedLossTest extends ChannelFeedTestCase {

    private static Entry entryAfterLossOf(String forgotten, String previous, String id) {
        return new Entry(previous, id, new Message("news", null, "at " + id), forgotten);
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
