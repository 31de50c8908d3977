package dev.siaran.it.bench.baseline;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A broadcaster for each channel, and a subscription to Redis for each. */
@ApplicationScoped
public class Channels {

    @Resource
    ManagedExecutorService executor;

    private final Map<String, Channel> channels = new ConcurrentHashMap<>();

    void register(String name, SseEventSink sink, Sse sse) {
        channels.computeIfAbsent(name, key -> open(key, sse)).register(sink);
    }

    private Channel open(String name, Sse sse) {
        var channel = new Channel(name, sse);
        executor.submit(channel);
        return channel;
    }

    @PreDestroy
    void close() {
        channels.values().forEach(Channel::close);
    }
}
