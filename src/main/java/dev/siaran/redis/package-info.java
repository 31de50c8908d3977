/**
 * The Redis broker: one subscriber connection per node (in a cluster: for each shard), history in Redis Streams.
 *
 * <p>The way of one event:
 * <ol>
 *   <li>{@code RedisBroker.publish} puts it as a {@code Pending} into the {@code PublishBuffer}, which bounds what waits and
 *       gives it to the {@code PublishQueue} of its {@code Lane};
 *   <li>the {@code Publisher}, a thread, takes a batch and sends it by {@code PublishConnection} over {@code PublishLinks}, as
 *       a {@code PublishCall} of the {@code PublishScript} ({@code publish.lua}): one XADD and one announcement;
 *   <li>the {@code Subscriber}, a thread of each node, hears the announcement in its {@code Session}; {@code Feeds} decodes
 *       the {@code Frame} into an {@code Entry} and hands it to the {@code ChannelFeed};
 *   <li>which delivers it if it follows the last one, and else has {@code LogRefill} read what lies between ({@code Fill},
 *       from {@code ChannelLog}).
 * </ol>
 *
 * <p>What belongs together:
 * <dl>
 *   <dt>Settings
 *   <dd>{@code RedisSettings} of {@code RedisAddress}, {@code Deployment} ({@code NodeList}) and {@code RedisTls}; {@code Keys} has the names in Redis
 *   <dt>Which server
 *   <dd>{@code Topology}: a single one, {@code Sentinels}, or a {@code Cluster} ({@code SlotMap}); {@code Hello} is what a
 *       server says of itself
 *   <dt>Connections
 *   <dd>{@code Servers} has the {@code Connections} to each server, made by {@code Sockets} ({@code UnixSocket}); a
 *       {@code Link} is one to listen
 *   <dt>Lanes
 *   <dd>a {@code Lane} is all that works with one shard; {@code Lanes} knows which channel is in which; {@code Node} is what
 *       they share
 *   <dt>Publishing
 *   <dd>{@code Publish*} and {@code Pending}, as above; {@code Acknowledged} is what the server must not forget;
 *       {@code Sending} is what the two modes do differently
 *   <dt>Listening
 *   <dd>{@code Subscriber}, {@code Session}, {@code Topics} and {@code Feeds}, as above; the control thread alone changes
 *       subscriptions
 *   <dt>Order and losses of a channel
 *   <dd>{@code ChannelFeed} with {@code Announced}, {@code Expiry}, {@code Losses}, {@code Epoch} and {@code StreamId}
 *   <dt>History
 *   <dd>{@code HistoryRequests} gathers, {@code Readers} are the threads, {@code HistoryReader} answers from a
 *       {@code LogView}, which is a {@code LogWindow} on the {@code ChannelLog}; {@code Reads} finds the server of a key
 *   <dt>The mode without history, the wire of django-sse
 *   <dd>{@code PubSubBroker}, {@code PubSubSender}, {@code PubSubFeeds} and {@code PubSubFeed}; {@code EventPair}
 *       ({@code JsonReader}) is the wire, {@code NodeIds} numbers
 *   <dt>Failures
 *   <dd>{@code Availability} tells an outage once, {@code OncePerMinute} anything else; {@code Backoff} paces, {@code Threads}
 *       makes the threads and waits for their end
 * </dl>
 */
@NullMarked
package dev.siaran.redis;

import org.jspecify.annotations.NullMarked;
