package dev.siaran.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One stream, which is read until it ends. For one thread. */
final class DemoStream implements AutoCloseable {

    /** What a client is told. */
    record Event(String id, String name, String data) {}

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Event END = new Event("", "", "the stream has ended");

    private final BufferedReader body;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private DemoStream(BufferedReader body) {
        this.body = body;
        Thread reader = new Thread(this::read, "demo-stream");
        reader.setDaemon(true);
        reader.start();
    }

    /** Opens a stream; the last id is empty for a client that is new. */
    static DemoStream open(URI uri, String lastId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        var body = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.ofInputStream())
                .body();
        return new DemoStream(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
    }

    private void read() {
        try {
            String id = "";
            String name = "";
            var data = new ArrayList<String>();
            for (String line; (line = body.readLine()) != null; ) {
                String value = line.substring(line.indexOf(':') + 1).stripLeading();
                if (line.startsWith("id")) {
                    id = value;
                } else if (line.startsWith("event")) {
                    name = value;
                } else if (line.startsWith("data")) {
                    data.add(value);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, name, String.join("\n", data)));
                    name = "";
                    data.clear();
                }
            }
        } catch (IOException ended) {
            // As when the server ends it: somebody may still wait for an event
        }
        events.add(END);
    }

    /** All events that have not been asked for, up to the one with this name. */
    List<Event> upTo(String name) throws InterruptedException {
        List<Event> seen = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Event event = events.poll(100, TimeUnit.MILLISECONDS);
            if (event != null) {
                seen.add(event);
                if (event.name().equals(name)) {
                    return seen;
                }
                if (event.equals(END)) {
                    break;
                }
            }
        }
        throw new AssertionError("no event " + name + ": " + seen);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
