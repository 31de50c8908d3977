package dev.siaran.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages of this node to itself, which show how far the stream reaches: whatever the server had accepted before one comes
 * before it. Nobody else takes notice of them.
 *
 * <p>Safe for use by many threads.
 */
final class Markers {

    private final String node;
    private final String stream;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CompletableFuture<Place>> awaited = new ConcurrentHashMap<>();

    Markers(String node, String stream) {
        this.node = node;
        this.stream = stream;
    }

    /** The number of the next marker, and where it is once it has been read. */
    record Marker(long number, CompletableFuture<Place> place) {}

    Marker next() {
        var marker = new Marker(last.incrementAndGet(), new CompletableFuture<>());
        awaited.put(marker.number(), marker.place());
        marker.place().whenComplete((place, failure) -> awaited.remove(marker.number()));
        return marker;
    }

    void send(Channel channel, Marker marker) throws IOException {
        try {
            channel.basicPublish("", stream, Wire.marker(node, marker.number()), new byte[0]);
        } catch (ShutdownSignalException e) {
            throw Refusal.broken(e);
        }
    }

    /** Takes note of a marker that was read; the first reader counts. */
    void read(Entry entry) {
        if (entry.marker() && entry.publisher().equals(node)) {
            CompletableFuture<Place> place = awaited.get(entry.sequence());
            if (place != null) {
                place.complete(entry.place());
            }
        }
    }
}
