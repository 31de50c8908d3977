package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Message;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a client gets that follows several channels in one stream. */
class SeveralChannelsTest extends AbstractHubTest {

    private static final int EVENTS = 60;
    private static final String LARGE = "x".repeat(20_000);

    private FakeOutlet followAll(List<String> channels, String lastEventId, SlowPolicy slow) {
        return FakeOutlet.open(hub().follow(channels, lastEventId, slow));
    }

    private static List<String> of(String channel, List<String> data) {
        return data.stream().filter(text -> text.startsWith(channel)).toList();
    }

    @Test
    void aChannelThatAlwaysHasMoreDoesNotHoldUpAnother() {
        // given: for each write there is another event to be written
        FakeOutlet client = followAll(List.of("firehose", "alerts"), null, SlowPolicy.DISCONNECT);
        client.await(outlet -> outlet.writes() == 1);
        client.stall();
        var published = new AtomicInteger();
        client.onWrite(() -> publishLarge(published));
        publishLarge(published);
        broker.publish("alerts", 1, 2);

        // when
        client.resume();

        // then
        List<String> data = client.awaitEvents(EVENTS + 2);
        assertTrue(data.indexOf("alerts1") < 5, () -> "alerts1 is number " + data.indexOf("alerts1"));
        assertTrue(data.indexOf("alerts2") < 5, () -> "alerts2 is number " + data.indexOf("alerts2"));
        assertEquals(List.of("alerts1", "alerts2"), of("alerts", data));
        assertEquals(
                expected("firehose", 1, EVENTS),
                of("firehose", data).stream()
                        .map(text -> text.replace(LARGE, ""))
                        .toList());
    }

    private void publishLarge(AtomicInteger published) {
        int number = published.incrementAndGet();
        if (number <= EVENTS) {
            broker.publish(new Message("firehose", "e", "firehose" + number + LARGE));
        }
    }
}
