package dev.siaran.it.proxies;

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

/** The test application in a process of its own, below {@link #CONTEXT}. Not safe for use by several threads. */
final class Node implements AutoCloseable {

    /** The same for all nodes, as behind a proxy it has to be. */
    static final String CONTEXT = "app";

    private static final Path TARGET = Path.of("target");

    private final Http http = new Http();
    private final EmbeddedProcess process;
    private int port;

    /** A running node with keys of its own. */
    Node(String name, Map<String, String> keys) {
        Path application = TARGET.resolve("application/WEB-INF");
        var arguments = new ArrayList<>(List.of(
                "-Xmx128m",
                "-cp",
                String.join(
                        File.pathSeparator,
                        TARGET.resolve("dependency") + "/*",
                        application.resolve("classes").toString(),
                        application.resolve("lib") + "/*")));
        keys.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        try {
            Path logs = Files.createDirectories(TARGET.resolve("nodes"));
            process = new EmbeddedProcess(CONTEXT, Files.createTempFile(logs, name + "-", ".log"), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** Starts it, on the port that it had. */
    void start() {
        port = process.start(port);
    }

    /** Ends it without a chance to do anything. */
    void kill() {
        process.kill();
    }

    /** Where it listens, as proxies want to know it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    URI uri(String path) {
        return URI.create("http://" + address() + "/" + CONTEXT + path);
    }

    /** Fires events here, past every proxy. */
    void fire(String channel, String data, int count) {
        http.post(uri("/fire/" + channel + "?count=" + count), data);
    }

    /** How many streams the node believes to be open. */
    int connections() {
        return Integer.parseInt(http.get(uri("/diagnostics/connections")));
    }

    @Override
    public void close() {
        kill();
    }
}
