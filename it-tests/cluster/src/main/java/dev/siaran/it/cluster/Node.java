package dev.siaran.it.cluster;

import dev.siaran.it.embedded.EmbeddedProcess;
import dev.siaran.it.support.Http;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node: a process with the test application, which keeps its port over restarts. Not safe for use by several threads. */
public final class Node implements AutoCloseable {

    private static final Path TARGET = Path.of("target");

    private final Http http = new Http();
    private final String name;
    private final EmbeddedProcess process;
    private int port;

    /** A running node with keys of its own, and the most heap that it may use. */
    public Node(String name, String heap, Map<String, String> keys) {
        this.name = name;
        Path application = TARGET.resolve("application/WEB-INF");
        var arguments = new ArrayList<>(List.of(
                "-Xmx" + heap,
                "-cp",
                String.join(
                        File.pathSeparator,
                        TARGET.resolve("dependency") + "/*",
                        application.resolve("classes").toString(),
                        application.resolve("lib") + "/*")));
        keys.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        process = new EmbeddedProcess(name, log(), arguments);
        start();
    }

    private Path log() {
        try {
            Path folder = Files.createDirectories(TARGET.resolve("nodes"));
            return Files.createTempFile(folder, name + "-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, on the port that it had. */
    public void start() {
        port = process.start(port);
    }

    /** Tells it to end, and waits until it has. */
    public void stop() {
        process.stop();
    }

    /** Ends it without a chance to do anything. */
    public void kill() {
        process.kill();
    }

    /** Stops it in its tracks; its connections stay open. */
    public void pause() {
        process.pause();
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        process.resume();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/" + name + path);
    }

    /** Where the stream of a channel is. */
    public URI stream(String channel) {
        return uri("/sse/" + channel);
    }

    /** Begins to publish numbered events. */
    public Publishing publish(String channel, double rate, long from) {
        return publish(channel, "rate=" + rate + "&from=" + from);
    }

    /** Begins to publish numbered events, as {@code SeriesResource} understands it. */
    public Publishing publish(String channel, String options) {
        URI series = uri("/series/" + channel);
        http.post(URI.create(series + "?" + options), "");
        return new Publishing(http, series);
    }

    /** The bytes that are live on the heap. */
    public long heap() {
        return Long.parseLong(http.get(uri("/diagnostics/heap")));
    }

    @Override
    public void close() {
        kill();
    }
}
