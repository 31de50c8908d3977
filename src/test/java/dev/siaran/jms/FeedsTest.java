package dev.siaran.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.broker.LiveFeed;
import dev.siaran.internal.broker.NodeIds;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedsTest {

    private final Beats beats = new Beats(Duration.ofMinutes(1));
    private final Feeds feeds = new Feeds(beats, () -> {});
    private final Receiver receiver = new Receiver();

    private static Message message(String data) {
        return new Message("news", null, data);
    }

    @Test
    void aNewFeedBeginsWithTheBeatAndAnInterruptedOneAtOnce() throws Exception {
        // given: subscribed before anything is heard, and something that was sent before that
        feeds.add(new LiveFeed(System.getLogger("dev.siaran.jms"), "news", receiver, new NodeIds("node")));
        feeds.begin();
        feeds.message(message("before"));
        assertFalse(receiver.isLive());

        // when
        feeds.beat(beats.next());
        feeds.message(message("after"));

        // then
        assertTrue(receiver.isLive());
        assertEquals(List.of("after"), receiver.data(1));

        // when
        feeds.end();
        feeds.begin();
        feeds.message(message("again"));

        // then
        assertEquals(List.of(Receiver.LOST, "again"), receiver.data(2));
        receiver.assertNothingMore();
    }
}
