package dev.siaran.redis;

import dev.siaran.spi.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Gathers what is asked of a channel's history while all readers are busy, and lets one answer it together: after a node has
 * gone, its clients come here with last ids that lie close to each other, and what each has missed is nearly the same.
 *
 * <p>Safe for use by many threads.
 */
final class HistoryRequests {

    private record Request(String afterId, String throughId, int limit, CompletableFuture<History> result) {}

    private static final Comparator<Request> ORDER = Comparator.comparing(request -> StreamId.of(request.afterId()));

    private final ChannelLog log;
    private final Readers readers;
    private final ConcurrentMap<String, List<Request>> waiting = new ConcurrentHashMap<>();

    HistoryRequests(ChannelLog log, Readers readers) {
        this.log = log;
        this.readers = readers;
    }

    CompletionStage<History> read(String channel, String afterId, String throughId, int limit) {
        var request = new Request(afterId, throughId, limit, new CompletableFuture<>());
        boolean[] first = {false};
        waiting.compute(channel, (name, others) -> {
            first[0] = others == null;
            List<Request> all = others == null ? new ArrayList<>() : others;
            all.add(request);
            return all;
        });
        if (first[0]) {
            readers.execute(
                    () -> answer(channel),
                    () -> fail(take(channel), new IllegalStateException("the broker is closed")));
        }
        return request.result();
    }

    private List<Request> take(String channel) {
        List<Request> all = waiting.remove(channel);
        return all == null ? List.of() : all;
    }

    private void answer(String channel) {
        List<Request> requests = new ArrayList<>(take(channel));
        requests.sort(ORDER);
        var reader = new HistoryReader(new LogWindow(log, channel));
        try {
            for (Request request : requests) {
                request.result().complete(reader.read(request.afterId(), request.throughId(), request.limit()));
            }
        } catch (RuntimeException | Error e) {
            fail(requests, e); // the server that did not answer one will not answer the others
        }
    }

    private static void fail(List<Request> requests, Throwable cause) {
        requests.forEach(request -> request.result().completeExceptionally(cause));
    }
}
