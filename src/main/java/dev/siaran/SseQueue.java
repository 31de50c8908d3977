package dev.siaran;

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
     * @return completes with the SSE id of the event once the broker has accepted it; fails with {@link SsePublishException}
     *     if it was not accepted
     */
    CompletionStage<String> publish(SseQueueEvent event);
}
