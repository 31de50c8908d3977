package dev.siaran.rabbitmq;

import dev.siaran.spi.Message;
import dev.siaran.spi.StoredMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers many requests with one reading of the stream. Used by one thread. */
final class HistoryScan {

    private final long end;
    private final Seen seen = new Seen();

    /** Those whose beginning has not been read, in the order of it. */
    private final Deque<HistoryRequest> waiting = new ArrayDeque<>();

    private final Map<String, List<HistoryRequest>> collecting = new HashMap<>();
    private boolean first = true;

    /** @param end the last offset that is looked at */
    HistoryScan(List<HistoryRequest> requests, long end) {
        this.end = end;
        requests.stream().sorted(Comparator.comparingLong(HistoryRequest::from)).forEach(request -> {
            if (request.from() > end) {
                request.finish(); // not yet given out
            } else {
                waiting.add(request);
            }
        });
    }

    /** Whether nothing is left to be found. */
    boolean isOver() {
        return waiting.isEmpty() && collecting.isEmpty();
    }

    /** Where to begin to read; if it is not over. */
    long from() {
        return Math.max(0, waiting.getFirst().from());
    }

    /** Takes the next message of the stream. */
    void take(Entry entry) {
        while (!waiting.isEmpty() && waiting.getFirst().from() <= entry.offset()) {
            HistoryRequest request = waiting.removeFirst();
            if (request.begin(entry, first)) {
                collecting
                        .computeIfAbsent(request.channel(), channel -> new ArrayList<>())
                        .add(request);
            } else {
                request.finish();
            }
        }
        first = false;
        Message message = entry.message();
        if (message != null && !seen.repeats(entry)) {
            collect(entry, message);
        }
        if (entry.offset() >= end) {
            finish();
        }
    }

    private void collect(Entry entry, Message message) {
        List<HistoryRequest> requests = collecting.get(message.channel());
        if (requests == null) {
            return;
        }
        StoredMessage stored = entry.stored(message);
        requests.removeIf(request -> {
            boolean over = !request.add(entry, stored);
            if (over) {
                request.finish();
            }
            return over;
        });
        if (requests.isEmpty()) {
            collecting.remove(message.channel());
        }
    }

    private void finish() {
        waiting.forEach(HistoryRequest::finish);
        waiting.clear();
        collecting.values().forEach(requests -> requests.forEach(HistoryRequest::finish));
        collecting.clear();
    }
}
