package dev.siaran;

import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.concurrent.CompletionStage;

/**
 * Publishes events; injectable with {@code @Inject SseQueue}. For callers who want the id of the event or its failure;
 * firing {@code Event<SseQueueEvent>} does the same and waits for the transaction.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public interface SseQueue {

    /**
     * Publishes at once, also inside of a transaction, without blocking. Events that one thread publishes to one channel
     * arrive in that order.
     *
     * @return completes with the SSE id of the event once the broker has accepted it, empty where the broker numbers none
     *     ({@code siaran.redis.mode=pubsub}); fails with {@link SsePublishException} if it was not accepted, and with
     *     {@link IllegalArgumentException} if its data is larger than {@code siaran.max-event-size}
     */
    CompletionStage<String> publish(SseQueueEvent event);

    /**
     * A channel as Jakarta REST's broadcaster, for code that has sinks of its own: a registered sink gets what is published
     * to the channel from then on, on any node, in order; what is broadcast is published. A sink that is too slow is closed. On
     * such sinks events are encoded by the Jakarta REST runtime.
     *
     * <p>Nobody is asked who may listen ({@link ChannelPolicy}): the application has the sinks, and decides for itself.
     *
     * @param channel a name as in {@link SseQueueEvent}
     * @return a new broadcaster; closing it closes its sinks, and nothing of the channel
     * @throws IllegalArgumentException if the channel's name is refused
     */
    SseBroadcaster broadcaster(String channel);
}
