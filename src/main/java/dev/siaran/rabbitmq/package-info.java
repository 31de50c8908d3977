/**
 * The RabbitMQ broker: one stream queue for all channels, read by every node from where it left off, over one connection.
 *
 * <p>The way of one event:
 * <ol>
 *   <li>{@code RabbitBroker.publish} puts it as a {@code Pending} into the {@code PublishBuffer}, which bounds what waits;
 *   <li>the {@code Publisher}, a thread, notes it in {@code InFlight} and sends it in the form of {@code Wire} on a
 *       {@code PublishChannel};
 *   <li>the {@code Follower} of each node reads it from the stream, as an {@code Entry}, on the one reading thread, and hands it
 *       to the {@code Feed} of its channel; on the node that sent it, this settles it.
 * </ol>
 *
 * <p>What belongs together:
 * <dl>
 *   <dt>Settings
 *   <dd>{@code RabbitSettings} of {@code RabbitAddress}; {@code StreamQueue} is the stream with its arguments
 *   <dt>Connections
 *   <dd>the {@code Keeper}, a thread, makes one {@code Link} after another by the {@code Connector}; {@code Current} is the one
 *       that works; {@code Refusal} says what the server does not like
 *   <dt>Reading
 *   <dd>a {@code StreamReader} reads from one place on; {@code StreamProbe} finds the end by {@code Markers}
 *   <dt>Order, repetitions, losses
 *   <dd>{@code Follower} with {@code Place} and {@code Seen}
 *   <dt>Ids
 *   <dd>{@code EventId}, with a {@code Stamp}
 *   <dt>History
 *   <dd>{@code Histories} gathers, {@code HistoryScan} answers each {@code HistoryRequest}; {@code Newest} knows for whom
 *       nothing need be read
 * </dl>
 */
@NullMarked
package dev.siaran.rabbitmq;

import org.jspecify.annotations.NullMarked;
