/**
 * The Jakarta Messaging broker: a topic of the application server carries what is published to every node.
 *
 * <p>The way of one event:
 * <ol>
 *   <li>{@code JmsBroker.publish} puts it into the {@code PublishBuffer}, which bounds what waits;
 *   <li>the {@code Publisher}, a thread, gives it the next number of this node and sends it by {@code Outgoing}, in the form of
 *       {@code Wire}, until the server has answered;
 *   <li>the {@code Listener}, a thread of each node, receives it from {@code Incoming}; {@code Sequences} knows whether it is a
 *       repetition, or comes after a loss;
 *   <li>{@code Feeds} hands it to the {@code LiveFeed} of its channel.
 * </ol>
 *
 * <p>{@code Beats} are what a node sends to itself on the same way: they tell when a new subscription has begun, and that the
 * topic still brings what is sent to it. {@code JmsSettings} are the keys, {@code JmsResources} what the server's naming has
 * for them.
 *
 * <p>In the web container of an application server one connection has one session and no listener of any kind, and is no
 * business of two threads. So there are two connections, each of one thread that opens, uses and closes it.
 */
@NullMarked
package dev.siaran.jms;

import org.jspecify.annotations.NullMarked;
