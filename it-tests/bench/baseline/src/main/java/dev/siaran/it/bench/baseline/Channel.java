package dev.siaran.it.bench.baseline;

import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** Broadcasts what Redis publishes for one channel. */
final class Channel extends JedisPubSub implements Runnable {

    private static final Logger LOG = System.getLogger(Channel.class.getName());

    private final String name;
    private final Sse sse;
    private final SseBroadcaster broadcaster;

    Channel(String name, Sse sse) {
        this.name = name;
        this.sse = sse;
        this.broadcaster = sse.newBroadcaster();
    }

    void register(SseEventSink sink) {
        broadcaster.register(sink);
    }

    /** Listens until unsubscribed. */
    @Override
    public void run() {
        URI redis = URI.create(System.getProperty("bench.redis.uri", "redis://127.0.0.1:6379"));
        try (var jedis = new Jedis(redis.getHost(), redis.getPort())) {
            jedis.subscribe(this, name);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, name + ": subscription ended", e);
        }
    }

    @Override
    public void onMessage(String channel, String message) {
        try {
            broadcaster.broadcast(
                    sse.newEventBuilder().name("bench").data(message).build());
        } catch (RuntimeException e) {
            // Jersey throws when a client's queue is full, and has dropped the event for that client
            LOG.log(Level.DEBUG, name, e);
        }
    }

    void close() {
        if (isSubscribed()) {
            unsubscribe();
        }
        broadcaster.close();
    }
}
