package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One channel, with a log that answers when the test says so, and a clock that the test sets. */
abstract class ChannelFeedTestCase {

    static final Duration TTL = Duration.ofHours(1);

    record Asked(int turn, String after) {}

    final Deque<Asked> asked = new ArrayDeque<>();
    final Receiver receiver = new Receiver();
    final SetClock clock = new SetClock();
    final ChannelFeed feed =
            new ChannelFeed("news", receiver, (feed, turn, after) -> asked.add(new Asked(turn, after)), TTL, clock);

    static Entry entry(String previous, String id) {
        return new Entry(previous, id, new Message("news", null, "at " + id), null);
    }

    void answer(String epoch, String tail, Entry... entries) {
        feed.filled(asked.remove().turn(), new Fill(new Epoch("key", epoch), tail, List.of(entries), false));
    }

    void answer(String tail, Entry... entries) {
        answer("epoch", tail, entries);
    }

    void goLive(String tail) throws Exception {
        feed.subscribed();
        answer(tail);
        assertEquals(tail, receiver.awaitLive());
    }

    static final class SetClock extends Clock {

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
}
