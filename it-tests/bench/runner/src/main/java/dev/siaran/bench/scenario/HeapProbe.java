package dev.siaran.bench.scenario;

import dev.siaran.bench.server.Lab;
import dev.siaran.bench.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is alive in the heap of a server, after a full collection, as {@code jcmd} of this JDK tells it. */
final class HeapProbe {

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private HeapProbe() {}

    /** The bytes of all live objects; empty if no process of the server is a JVM. */
    static OptionalLong liveBytes(ServerProcess server) {
        // Of a start command that stays and its server, the server is the larger
        return server.pids().stream()
                .filter(HeapProbe::isJava)
                .mapToLong(HeapProbe::liveBytes)
                .filter(bytes -> bytes > 0)
                .max();
    }

    /** Whether it is a JVM: the signal by which jcmd makes itself known ends other programs, nginx for one. */
    private static boolean isJava(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/java"))
                .isPresent();
    }

    private static long liveBytes(long pid) {
        String jcmd = Path.of(Lab.java()).resolveSibling("jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(output);
            return total.find() ? Long.parseLong(total.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
