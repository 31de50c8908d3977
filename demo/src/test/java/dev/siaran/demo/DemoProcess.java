package dev.siaran.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The demo in a process of its own, as its user starts it. Safe for use by many threads. */
final class DemoProcess implements AutoCloseable {

    private static final int START_SECONDS = 60;

    private final Process process;
    private final Thread reader;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private DemoProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "demo-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the demo and does not wait for it. */
    static DemoProcess launch(String port, Map<String, String> environment) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/env")) && ignoresInterrupt()) {
            command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As in .mvn/jvm.config: JDK 24 and later warn of what Undertow's threads do
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "-Ddemo.port=" + port,
                Main.class.getName()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new DemoProcess(builder.start());
    }

    /** Starts the demo and waits until it has printed its address. */
    static DemoProcess start(int port) throws IOException, InterruptedException {
        DemoProcess demo = launch(String.valueOf(port), Map.of());
        demo.awaitBanner();
        return demo;
    }

    /** A shell that starts the build in the background makes it, and all that it starts, deaf to Ctrl-C. */
    private static boolean ignoresInterrupt() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 0b10) != 0);
    }

    private void read() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | RuntimeException ended) {
            // The process is gone, and its output with it
        }
    }

    /** Everything that was printed up to the last line of the banner. */
    List<String> awaitBanner() throws InterruptedException {
        var seen = new ArrayList<String>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null) {
                seen.add(line);
                if (line.contains("Ctrl-C")) {
                    return seen;
                }
            } else if (!process.isAlive()) {
                break;
            }
        }
        throw new IllegalStateException("The demo did not start: " + seen);
    }

    /** Waits for the end of a process that was launched to fail. */
    int awaitExit() throws InterruptedException {
        if (!awaitExit(TimeUnit.SECONDS.toMillis(START_SECONDS))) {
            throw new IllegalStateException("The demo is still running: " + lines);
        }
        return process.exitValue();
    }

    /** Waits for the end, and for all that was printed before it. */
    boolean awaitExit(long millis) throws InterruptedException {
        boolean gone = process.waitFor(millis, TimeUnit.MILLISECONDS);
        if (gone) {
            reader.join(millis);
        }
        return gone;
    }

    /** What was printed and not yet read. */
    List<String> output() {
        return List.copyOf(lines);
    }

    /** How many bytes of the heap are in use, once what is garbage has been collected. */
    long memory() throws IOException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var output =
                new BufferedReader(new InputStreamReader(histogram.getInputStream(), StandardCharsets.UTF_8))) {
            String total = output.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("jcmd says nothing of the heap"));
            return Long.parseLong(total.trim().split("\\s+")[2]);
        }
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    void terminate() {
        process.destroy();
    }

    /** Ends the process with no chance to say goodbye, and waits until it has gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
