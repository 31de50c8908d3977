package dev.siaran.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads the stream again, one reading at a time: what is asked meanwhile waits, and is then answered together. After a node
 * has gone its clients come here with last ids that lie close to each other.
 *
 * <p>Safe for use by many threads.
 */
final class Histories {

    /** A client can make a node ask for the end, which adds a marker to the stream; it cannot fill the stream by that. */
    private static final Duration BETWEEN_MARKERS = Duration.ofMillis(200);

    private final RabbitSettings settings;
    private final Current current;
    private final Follower follower;
    private final Markers markers;
    private final ThreadPoolExecutor executor;

    // Guarded by this.
    private List<HistoryRequest> waiting = new ArrayList<>();
    private boolean closed;

    /** Used by the history's thread only. */
    private long nextMarker = System.nanoTime();

    Histories(RabbitSettings settings, Current current, Follower follower, Markers markers, ThreadFactory threads) {
        this.settings = settings;
        this.current = current;
        this.follower = follower;
        this.markers = markers;
        this.executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        executor.allowCoreThreadTimeOut(true);
    }

    CompletionStage<History> read(String channel, String afterId, String throughId, int limit) {
        Optional<EventId> after = EventId.parse(afterId);
        Optional<EventId> through = EventId.parse(throughId);
        if (!afterId.isEmpty() && after.isEmpty()) {
            return CompletableFuture.completedFuture(History.empty(Start.UNKNOWN));
        }
        if (after.isPresent() && through.isPresent() && hasAll(channel, after.get(), through.get())) {
            return CompletableFuture.completedFuture(History.empty(Start.COMPLETE));
        }
        var request = new HistoryRequest(channel, after.orElse(null), through.orElse(null), limit);
        add(request);
        return request.result();
    }

    /** Whether nothing can follow, as this node knows without reading. */
    private boolean hasAll(String channel, EventId after, EventId through) {
        return after.equals(through) || follower.newest().is(channel, after);
    }

    private synchronized void add(HistoryRequest request) {
        if (closed) {
            fail(List.of(request), new IllegalStateException("the broker is closed"));
            return;
        }
        waiting.add(request);
        if (waiting.size() == 1) {
            executor.execute(this::answer);
        }
    }

    private synchronized List<HistoryRequest> take() {
        List<HistoryRequest> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    private void answer() {
        List<HistoryRequest> requests = take();
        try {
            answer(requests);
        } catch (InterruptedException e) {
            fail(requests, new IllegalStateException("the broker is closed"));
        } catch (IOException | RuntimeException | Error e) {
            fail(requests, e); // the server that did not answer one will not answer the others
        }
    }

    private void answer(List<HistoryRequest> requests) throws IOException, InterruptedException {
        Link link = current.await(settings.timeout().toMillis());
        if (link == null) {
            throw new IOException("there is no connection to " + settings.where());
        }
        long end = end(link, requests);
        var scan = new HistoryScan(requests, end);
        if (scan.isOver()) {
            return;
        }
        BlockingQueue<Delivery> read = new LinkedBlockingQueue<>(); // bounded by what is not acknowledged
        try (StreamReader reader =
                StreamReader.open(link, settings.stream(), scan.from(), (from, delivery) -> read.add(delivery))) {
            while (!scan.isOver()) {
                Delivery next = read.poll(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    throw new IOException(settings.where() + " does not send the history");
                }
                scan.take(Wire.read(next));
                reader.taken(next);
            }
        } catch (ShutdownSignalException e) {
            throw Refusal.broken(e);
        }
    }

    /** How far the stream reaches, as far as the requests depend on it. */
    private long end(Link link, List<HistoryRequest> requests) throws IOException, InterruptedException {
        Place last = follower.last();
        if (last != null && requests.stream().noneMatch(request -> request.isBeyond(last.offset()))) {
            return last.offset();
        }
        TimeUnit.NANOSECONDS.sleep(nextMarker - System.nanoTime());
        nextMarker = System.nanoTime() + BETWEEN_MARKERS.toNanos();
        Markers.Marker marker = markers.next();
        try (Channel channel = link.lastingChannel()) {
            markers.send(channel, marker);
            return StreamProbe.await(link, marker.place(), settings.patience(), () -> StreamProbe.silence(link))
                    .offset();
        } catch (TimeoutException | ShutdownSignalException e) {
            throw Refusal.broken(e);
        } finally {
            marker.place().cancel(false);
        }
    }

    private static void fail(List<HistoryRequest> requests, Throwable cause) {
        requests.forEach(request -> request.result().completeExceptionally(cause));
    }

    /**
     * Waits, but no longer than this, until the channel of what is being read is closed. One that is closed while its connection
     * is too, by another thread, can leave a thread of the client's waiting for it in vain.
     */
    void close(long millis) throws InterruptedException {
        close();
        executor.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        executor.shutdownNow();
        fail(take(), new IllegalStateException("the broker is closed"));
    }
}
