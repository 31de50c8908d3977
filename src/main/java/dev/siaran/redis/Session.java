package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * One subscribed connection, from its first subscription, the canary, to its end. On a cluster of version 7 and newer the
 * other channels are sharded ones, which their server alone announces.
 *
 * <p>{@link #listen} and what it calls run on the subscriber's thread. {@link #add} and {@link #remove} are for the control
 * thread alone, and only once the canary is confirmed: Jedis does not lock what it sends.
 */
final class Session {

    /** Hears what the server says; called on the subscriber's thread. */
    interface Listener {
        void confirmed(Session session, String topic);

        void announced(String topic, byte[] payload);
    }

    private final Link link;
    private final String canary;
    private final Listener listener;
    private final boolean cluster;

    /** How many answers are still to come to what was left; used by both threads. */
    private final ConcurrentMap<String, Integer> leaving = new ConcurrentHashMap<>();

    /** Written before the first subscription. */
    private volatile boolean sharded;

    /** Written by the subscriber's thread, read by the control thread. */
    private volatile long lastCanary = System.nanoTime();

    /** Used by the subscriber's thread only. */
    private boolean worked;

    Session(Link link, String canary, Listener listener, boolean cluster) {
        this.link = link;
        this.cluster = cluster;
        this.canary = canary;
        this.listener = listener;
    }

    /** Listens until the connection breaks, which is an exception. */
    void listen() {
        sharded = cluster && Hello.of(link).hasShardedChannels();
        link.setTimeoutInfinite(); // by which Jedis means the limit for those who listen
        send(Command.SUBSCRIBE, List.of(canary));
        while (true) {
            if (link.getUnflushedObject() instanceof List<?> reply && reply.get(1) instanceof byte[] topic) {
                heard(new String((byte[]) reply.get(0), UTF_8), new String(topic, UTF_8), reply.get(2));
            }
        }
    }

    private void heard(String kind, String topic, Object rest) {
        switch (kind) {
            case "subscribe", "ssubscribe" -> {
                worked = true;
                listener.confirmed(this, topic);
            }
            case "unsubscribe", "sunsubscribe" -> left(topic);
            case "message", "smessage" -> message(topic, (byte[]) rest);
            default -> {} // nothing else was asked for
        }
    }

    /** A server that gives a slot away ends what is subscribed in it. */
    private void left(String topic) {
        Integer expected = leaving.computeIfPresent(topic, (key, count) -> count - 1);
        if (expected == null) {
            throw new JedisConnectionException(topic + " has gone to another server");
        }
        leaving.remove(topic, 0);
    }

    private void message(String topic, byte[] message) {
        if (isCanary(topic)) {
            lastCanary = System.nanoTime();
        } else {
            listener.announced(topic, message);
        }
    }

    void add(Collection<String> topics) {
        send(sharded ? Command.SSUBSCRIBE : Command.SUBSCRIBE, topics);
    }

    void remove(Collection<String> topics) {
        topics.forEach(topic -> leaving.merge(topic, 1, Integer::sum));
        send(sharded ? Command.SUNSUBSCRIBE : Command.UNSUBSCRIBE, topics);
    }

    /** Sharded channels in one command must be in one slot, so there each has its own. */
    private void send(Command command, Collection<String> topics) {
        if (sharded) {
            topics.forEach(topic -> link.sendCommand(command, topic.getBytes(UTF_8)));
        } else {
            link.sendCommand(
                    command, topics.stream().map(topic -> topic.getBytes(UTF_8)).toArray(byte[][]::new));
        }
        link.push();
    }

    boolean isCanary(String topic) {
        return topic.equals(canary);
    }

    /** Whether the server has taken a subscription: to connect alone proves nothing. */
    boolean hasWorked() {
        return worked;
    }

    /** How long ago the canary was heard. */
    long silentNanos() {
        return System.nanoTime() - lastCanary;
    }

    /** Breaks the connection. */
    void drop() {
        try {
            link.forceDisconnect();
        } catch (IOException e) {
            // It is broken then.
        }
    }
}
