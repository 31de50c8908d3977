package dev.siaran.it.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All that a stream has brought, over all its connections.
 *
 * <p>Safe for use by many threads: written by the thread that reads, awaited by the test. Guarded by its monitor.
 */
public final class Transcript implements EventStreamParser.Handler {

    private static final int MAX_LINES = 1000;
    private static final int MAX_BYTES = 64 * 1024;

    private final boolean comesBack;

    private final List<ReceivedEvent> events = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Map<String, String> headers = new TreeMap<>();
    private int status;
    private int connections;
    private long retryMillis = 100;
    private long connectingNanos;
    private long openNanos;
    private long endNanos;
    private boolean open;
    private String end = "";

    /** The transcript of a client that reconnects, or not. */
    Transcript(boolean comesBack) {
        this.comesBack = comesBack;
    }

    synchronized void connecting() {
        connections++;
        connectingNanos = System.nanoTime();
        end = "";
    }

    synchronized void head(int status, Map<String, String> headers) {
        this.status = status;
        this.headers = headers;
        notifyAll();
    }

    synchronized void body(ByteBuffer piece) {
        byte[] kept = new byte[Math.min(piece.remaining(), MAX_BYTES - body.size())];
        piece.get(piece.position(), kept);
        body.writeBytes(kept);
        if (!open && status == 200) {
            open = true;
            openNanos = System.nanoTime();
            notifyAll();
        }
    }

    synchronized void ended(String reason) {
        if (end.isEmpty()) {
            // One that does not come back has been open, whoever asks only now
            open &= !comesBack;
            end = reason;
            endNanos = System.nanoTime();
            notifyAll();
        }
    }

    @Override
    public synchronized void line(String line) {
        if (lines.size() < MAX_LINES) {
            lines.add(line);
        }
        if (line.startsWith(":")) {
            notifyAll();
        }
    }

    @Override
    public synchronized void event(String type, String data, String lastEventId) {
        events.add(new ReceivedEvent(type, data, lastEventId, System.nanoTime()));
        notifyAll();
    }

    @Override
    public synchronized void retry(long millis) {
        retryMillis = millis;
    }

    synchronized long retryMillis() {
        return retryMillis;
    }

    /** Every event so far, in the order of arrival. */
    public synchronized List<ReceivedEvent> events() {
        return List.copyOf(events);
    }

    /** The data of every event so far. */
    public synchronized List<String> data() {
        return events.stream().map(ReceivedEvent::data).toList();
    }

    /** The first thousand lines of the body, as they came. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The first 64 KiB of all bodies, byte for byte. */
    public synchronized String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** The status of the last response, 0 if there was none. */
    public synchronized int status() {
        return status;
    }

    /** A header of the last response, empty if absent. */
    public synchronized String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** How many times the client has connected. */
    public synchronized int connections() {
        return connections;
    }

    /** Whether the stream has ended. */
    public synchronized boolean hasEnded() {
        return !end.isEmpty();
    }

    /** How long it took from the connection's start to the first byte of the body. */
    public synchronized Duration openedAfter() {
        return Duration.ofNanos(openNanos - connectingNanos);
    }

    /** How long the last stream was open, once it has ended. */
    public synchronized Duration openFor() {
        return Duration.ofNanos(endNanos - openNanos);
    }

    /** {@link System#nanoTime} of the end. */
    public synchronized long endNanos() {
        return endNanos;
    }

    /** Waits for the first byte of a response with status 200, as {@code onopen} does; it may have ended since. */
    public Transcript awaitOpen() {
        return await("the stream is open", Duration.ofSeconds(10), self -> self.open);
    }

    /** Waits for the head of a response. */
    public Transcript awaitStatus() {
        return await("a response has begun", Duration.ofSeconds(10), self -> self.status != 0);
    }

    /** Waits until this many events have come. */
    public List<ReceivedEvent> awaitEvents(int count) {
        return awaitEvents(count, Duration.ofSeconds(10));
    }

    /** Waits until this many events have come. */
    public List<ReceivedEvent> awaitEvents(int count, Duration limit) {
        return await(count + " events", limit, self -> self.events.size() >= count)
                .events();
    }

    /** Waits until an event with this data has come. */
    public Transcript awaitData(String data) {
        return await(
                "an event \"" + data + "\"",
                Duration.ofSeconds(10),
                self -> self.events.stream().anyMatch(event -> event.data().equals(data)));
    }

    /** Waits for the end of the stream. */
    public Transcript awaitEnd(Duration limit) {
        return await("the end of the stream", limit, Transcript::hasEnded);
    }

    /**
     * Waits until what has come fulfils a condition; fails with what has come if it does not in time, or when nothing more
     * will come.
     */
    public synchronized Transcript await(String what, Duration limit, Predicate<Transcript> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.test(this)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0 || (hasEnded() && !comesBack)) {
                throw new AssertionError("did not come within " + limit + ": " + what + "; have " + this);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
        return this;
    }

    @Override
    public synchronized String toString() {
        List<String> last = lines.subList(Math.max(0, lines.size() - 12), lines.size()).stream()
                .map(line -> line.length() > 100 ? line.substring(0, 100) + "\u2026" : line)
                .toList();
        return "status " + status + " " + headers + ", " + events.size() + " events, end \"" + end + "\", last lines "
                + last;
    }
}
