package dev.siaran.bench;

import dev.siaran.bench.server.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JMH benchmarks of this module, in a process of their own. */
final class MicroBenchmarks {

    private MicroBenchmarks() {}

    static void run(Path build, Path report, boolean quick) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Lab.java(), "-cp", Lab.classPath(build), "org.openjdk.jmh.Main"));
        command.addAll(List.of("-prof", "gc", "-rf", "json", "-rff", report.toString()));
        if (quick) {
            command.addAll(List.of("-f", "1", "-wi", "1", "-i", "1", "-w", "1s", "-r", "1s"));
        }
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException("JMH ended with " + exit);
        }
    }
}
