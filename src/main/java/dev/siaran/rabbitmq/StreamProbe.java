package dev.siaran.rabbitmq;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Finds the end of the stream: reads from there on, and sends a marker. */
final class StreamProbe {

    /** For what needs no answer of the server. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private StreamProbe() {}

    /** The place of a message that was sent just now. */
    static Place end(Link link, String stream, Markers markers, Duration patience) throws IOException {
        Markers.Marker marker = markers.next();
        try (StreamReader probe = StreamReader.open(link, stream, StreamReader.NEXT, (reader, delivery) -> {
            markers.read(Wire.read(delivery));
            reader.taken(delivery);
        })) {
            markers.send(probe.channel(), marker);
            return await(link, marker.place(), patience, () -> silence(link));
        } finally {
            marker.place().cancel(false);
        }
    }

    static String silence(Link link) {
        String blocked = link.blocked();
        return blocked == null
                ? "what is sent to the stream does not come back; is a majority of its servers up?"
                : "it takes no messages: " + blocked;
    }

    /** Waits for what comes over a connection, as long as that is whole. */
    static <T> T await(Link link, CompletableFuture<T> future, Duration patience, Supplier<String> otherwise)
            throws IOException {
        try {
            CompletableFuture.anyOf(future, link.broken()).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!future.isDone()) {
                throw Refusal.broken(link.broken().get());
            }
            return future.get();
        } catch (TimeoutException e) {
            throw new IOException(otherwise.get(), e);
        } catch (ExecutionException e) {
            throw Refusal.broken(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
