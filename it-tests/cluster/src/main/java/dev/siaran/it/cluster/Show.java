package dev.siaran.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.support.Await;
import java.time.Duration;
import java.util.List;

/**
 * Numbered events that one node publishes at a pace, and the clients that follow them. Safe for use by many threads.
 *
 * @param channel where
 * @param audience those who follow it, and nobody else
 * @param events what is published
 * @param rate how many events there are in a second
 */
public record Show(String channel, Audience audience, Publishing events, int rate) {

    /** For what takes a moment, on a machine that has much else to do. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Lets clients follow a channel at each of the nodes, and its first node publish; everyone has had a second's events. */
    public static Show begin(String channel, Audience audience, List<Node> nodes, int clientsOfANode, int rate) {
        nodes.forEach(node -> audience.follow(clientsOfANode, node.stream(channel)));
        var show = new Show(channel, audience, nodes.get(0).publish(channel, rate, 0), rate);
        audience.awaitNumber(rate, PATIENCE);
        return show;
    }

    /** Waits until everyone has had what was published up to half a second from now. */
    public void awaitMore() {
        audience.awaitNumber(events.published() + rate / 2, PATIENCE);
    }

    /** Waits until half a second's events more were published, whoever has had them. */
    public void awaitMorePublished() {
        long enough = events.published() + rate / 2;
        Await.until("more is published", PATIENCE, events::published, count -> count >= enough);
    }

    /** Ends the series; returns how many events there were, once every client has had the last. */
    public long end() {
        long count = events.stop(PATIENCE);
        audience.awaitNumber(count - 1, PATIENCE);
        return count;
    }

    /** Ends the series; whatever happened, every client has had every event, once and in order, over one stream. */
    public void endUnnoticed() {
        endComplete();
        assertEquals(List.of(), audience.others(client -> client.opened().size() == 1), "no stream has ended");
    }

    /** Ends the series; every client has had every event, once and in order. */
    public void endComplete() {
        long count = end();
        assertEquals(List.of(), audience.others(client -> client.hasAll(count)));
        System.out.println(channel + ": " + count + " events for each of " + audience.size() + " clients");
    }
}
