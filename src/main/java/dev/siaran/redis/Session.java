package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Collection;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Connection;

/**
 * One subscribed connection, from its first subscription, the canary, to its end. The canary's channel stays subscribed,
 * because Jedis stops listening when none is left.
 *
 * <p>{@link #listen} and what it calls run on the subscriber's thread. {@link #add} and {@link #remove} are for the control
 * thread alone: Jedis does not lock what it sends.
 */
final class Session extends BinaryJedisPubSub {

    /** Hears what the server says; called on the subscriber's thread. */
    interface Listener {
        void confirmed(Session session, String topic);

        void announced(String topic, byte[] payload);
    }

    private final Connection connection;
    private final String canary;
    private final Listener listener;

    /** Written by the subscriber's thread, read by the control thread. */
    private volatile long lastCanary = System.nanoTime();

    /** Used by the subscriber's thread only. */
    private boolean worked;

    Session(Connection connection, String canary, Listener listener) {
        this.connection = connection;
        this.canary = canary;
        this.listener = listener;
    }

    /** Listens until the connection breaks, which is an exception. */
    void listen() {
        proceed(connection, canary.getBytes(UTF_8));
    }

    void add(Collection<String> topics) {
        subscribe(bytes(topics));
    }

    void remove(Collection<String> topics) {
        unsubscribe(bytes(topics));
    }

    private static byte[][] bytes(Collection<String> topics) {
        return topics.stream().map(topic -> topic.getBytes(UTF_8)).toArray(byte[][]::new);
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
            connection.forceDisconnect();
        } catch (IOException e) {
            // It is broken then.
        }
    }

    @Override
    public void onSubscribe(byte[] channel, int count) {
        worked = true;
        listener.confirmed(this, new String(channel, UTF_8));
    }

    @Override
    public void onMessage(byte[] channel, byte[] message) {
        String topic = new String(channel, UTF_8);
        if (isCanary(topic)) {
            lastCanary = System.nanoTime();
        } else {
            listener.announced(topic, message);
        }
    }
}
