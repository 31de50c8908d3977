package dev.siaran.spi;

import java.util.concurrent.CompletionStage;

/**
 * Carries events between the nodes of an application.
 *
 * <p><b>Delivery.</b> From {@link Delivery#live} on, every message that the broker accepts for the channel reaches the
 * delivery exactly once on every node that subscribes. After an interruption the broker fills the hole from its history
 * before it delivers anything newer, and reports with {@link Delivery#lost} what it cannot fill, or cannot know.
 *
 * <p><b>Order.</b> Messages of one channel arrive in the order of their ids, which is the same on every node; messages
 * that one thread publishes to one channel keep their order. Between channels there is no order. Where ids are each node's own,
 * a broker may promise less, and says so: that what one node publishes keeps its order everywhere, while what several nodes
 * publish at the same moment may be mixed differently on each.
 *
 * <p><b>Ids.</b> A message has the same id on every node. Where what carries the messages numbers none, each node may give
 * ids of its own: then an id of another node is {@linkplain History.Start#UNKNOWN unknown}, and a publisher learns none.
 *
 * <p><b>Failure.</b> No method throws or blocks because a server is away. While it is, published messages wait in a
 * bounded buffer; past its bound the returned stage fails, and its exception says so. The broker reconnects by itself.
 *
 * <p><b>After {@link #close}</b> nothing is delivered any more, and {@link #publish} and {@link #history} return failed
 * stages.
 *
 * <p>Implementations are safe for use by many threads. Every one passes {@code BrokerContractTest}, or
 * {@code DeliveryContractTest} where ids are each node's own.
 *
 * @since 0.1
 */
public interface Broker extends AutoCloseable {

    /** What the names of channels begin with that carry what the nodes have to tell each other. No application has such a channel. */
    String OWN_CHANNELS = "..";

    /**
     * Sends a message to every node, without blocking.
     *
     * @return completes with the id that the message got once the broker has accepted it, empty where ids are each node's
     *     own; fails when it was refused, when the buffer for an absent server is full, or after close. Completes on a
     *     thread of the broker, which must not be held up.
     */
    CompletionStage<String> publish(Message message);

    /**
     * Begins to deliver a channel; returns at once, also while the server is away. A node subscribes a channel at most
     * once at a time. After close it does nothing.
     *
     * @throws IllegalStateException if the channel is subscribed already
     */
    Subscription subscribe(String channel, Delivery delivery);

    /**
     * Reads what is kept of a channel, oldest first: the messages after one id up to and including another.
     *
     * <p>A client may come from a node that is ahead of this one: an id that the channel has given out and that is newer
     * than {@code throughId} is {@linkplain History.Start#COMPLETE complete} with no messages, and this node will still
     * deliver it.
     *
     * @param afterId the id to begin after, as a client sent it: may be anything; empty for the channel's beginning
     * @param throughId the last id wanted, one that this broker delivered or named as a start; empty for no bound
     * @param limit the most messages to return, at least 1
     */
    CompletionStage<History> history(String channel, String afterId, String throughId, int limit);

    /**
     * Ends every subscription, sends what is still buffered, and frees all resources. What the server has not taken
     * after three seconds fails; if it is known to be away, at once.
     */
    @Override
    void close();

    /** Receives the messages of one channel; called by one thread at a time, and must not block. */
    interface Delivery {

        /**
         * The channel is live: all that follows the given id will be delivered. Called once, before any other method.
         *
         * @param startId the id of the last message before, or of a place between it and the next one that the broker names
         *     as it does messages; empty if there is none or the broker cannot tell
         */
        void live(String startId);

        /** The next message. */
        void message(StoredMessage message);

        /** Messages before the next one are lost for good, and the history no longer has them. */
        void lost();
    }

    /** A subscribed channel. */
    interface Subscription extends AutoCloseable {

        /** Ends the delivery; a call that is under way may still finish. Does nothing the second time. */
        @Override
        void close();
    }
}
