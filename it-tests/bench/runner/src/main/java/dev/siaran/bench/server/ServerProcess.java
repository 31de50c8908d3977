package dev.siaran.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process that this one has started, and ends by its id. Its output goes to a file. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final long STOP_SECONDS = 15;

    private final String name;
    private final Path log;
    private final ProcessHandle process;

    private ServerProcess(String name, Path log, ProcessHandle process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts a command. */
    static ServerProcess start(String name, Path directory, List<String> command, Map<String, String> environment)
            throws IOException {
        Path log = directory.resolve(name + ".log");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var started = new ServerProcess(name, log, builder.start().toHandle());
        // Also when this process is interrupted
        Runtime.getRuntime().addShutdownHook(new Thread(started::kill));
        return started;
    }

    /** A process and all that it started; processes of a server whose work is in its children count as one. */
    public List<Long> pids() {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** The process itself. */
    public long pid() {
        return process.pid();
    }

    /** Waits until a line of the output begins with a prefix, and returns the rest of it. */
    String awaitLine(String prefix) throws InterruptedException {
        return await("the line \"" + prefix + "\"", () -> {
            try (Stream<String> lines = Files.lines(log)) {
                return lines.filter(line -> line.startsWith(prefix))
                        .map(line -> line.substring(prefix.length()))
                        .findFirst()
                        .orElse(null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Waits until a URL answers 200. */
    void awaitAnswer(URI url) throws InterruptedException {
        await("200 from " + url, () -> answers(url) ? url : null);
    }

    private static boolean answers(URI url) {
        try {
            var connection = (HttpURLConnection) url.toURL().openConnection();
            // Nchan refuses anything else
            connection.setRequestProperty("Accept", "text/event-stream");
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            boolean ok = connection.getResponseCode() == 200;
            connection.disconnect();
            return ok;
        } catch (IOException e) {
            return false;
        }
    }

    <T> T await(String what, Supplier<@Nullable T> probe) throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() - end < 0) {
            T found = probe.get();
            if (found != null) {
                return found;
            }
            Thread.sleep(50);
        }
        close();
        throw new IllegalStateException(name + " did not come up (" + what + "); see " + log);
    }

    /** Tells the process to end, and ends it if it does not. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
        } catch (RuntimeException e) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
