package dev.siaran.bench.scenario;

import dev.siaran.bench.load.AttackGenerator;
import dev.siaran.bench.server.Lab;
import dev.siaran.bench.server.RunningServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The attackers in a process of their own, on a channel of their own, and what the server holds before and after them. */
final class Attack implements AutoCloseable {

    /** How long a server may take to let go of those who have left: its own timeouts for silent connections are a minute long. */
    private static final long SETTLING = Duration.ofSeconds(90).toNanos();

    private static final long BETWEEN_LOOKS = Duration.ofSeconds(2).toNanos();

    /** Descriptors that a JVM opens and closes as it likes. */
    private static final long SPARE_DESCRIPTORS = 20;

    /** Classes, compiled code's constants, pools: what a server has once it has been busy. */
    private static final long SPARE_HEAP = 10 << 20;

    private final RunningServer server;
    private final Process process;
    private final BufferedReader lines;
    private final JsonObjectBuilder report = Json.createObjectBuilder();
    private final long descriptors;
    private final long heap;

    private Attack(RunningServer server, Process process, long descriptors, long heap) {
        this.server = server;
        this.process = process;
        this.descriptors = descriptors;
        this.heap = heap;
        lines = process.inputReader(StandardCharsets.UTF_8);
        report.add("descriptorsBefore", descriptors).add("heapBefore", heap);
    }

    /** Looks at the server, then attacks it; returns when those who stay are connected. */
    static Attack begin(Lab lab, RunningServer server, Map<String, String> options) throws IOException {
        var command =
                new ArrayList<>(List.of(Lab.java(), "-Xmx256m", "-XX:+UseSerialGC", "-cp", Lab.classPath(lab.build())));
        command.add(AttackGenerator.class.getName());
        command.add("--url=" + server.stream() + "-loud");
        command.add("--feed=" + server.feed() + "-loud");
        options.forEach((option, value) -> command.add("--" + option + "=" + value));
        long before = descriptors(server);
        long heap = heap(server);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var attack = new Attack(server, process, before, heap);
        if (!AttackGenerator.UNDER_WAY.equals(attack.lines.readLine())) {
            throw new IOException("the attack failed: " + String.join(" ", command));
        }
        return attack;
    }

    /** Ends it, waits until the server has let go, and tells. */
    JsonObject end() throws IOException {
        report.add("descriptorsDuring", descriptors(server));
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        JsonObject done = Json.createReader(new StringReader(lines.readLine())).readObject();
        long begin = System.nanoTime();
        long left = heap(server);
        while (!(descriptors(server) <= descriptors + SPARE_DESCRIPTORS && left <= heap + SPARE_HEAP)
                && System.nanoTime() - begin < SETTLING) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            left = heap(server);
        }
        return report.add("settledSeconds", (System.nanoTime() - begin) / 1e9)
                .add("descriptorsAfter", descriptors(server))
                .add("heapAfter", left)
                .addAll(Json.createObjectBuilder(done))
                .build();
    }

    private static long heap(RunningServer server) {
        return HeapProbe.liveBytes(server.process()).orElse(0);
    }

    private static long descriptors(RunningServer server) {
        return server.process().pids().stream().mapToLong(Attack::descriptors).sum();
    }

    private static long descriptors(long pid) {
        try (Stream<Path> all = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
