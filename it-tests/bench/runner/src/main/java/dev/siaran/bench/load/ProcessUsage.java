package dev.siaran.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What processes use, from Linux's {@code /proc}. */
final class ProcessUsage {

    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private final List<String> pids;

    private ProcessUsage(List<String> pids) {
        this.pids = pids;
    }

    static ProcessUsage of(List<Long> pids) {
        return new ProcessUsage(pids.stream().map(String::valueOf).toList());
    }

    static ProcessUsage ofSelf() {
        return new ProcessUsage(List.of("self"));
    }

    /** User and system time since the processes began. */
    double cpuSeconds() {
        return pids.stream().mapToDouble(ProcessUsage::cpuSeconds).sum();
    }

    private static double cpuSeconds(String pid) {
        String stat = read(pid, "stat");
        // The name, in parentheses, may hold anything
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    /** Resident memory. */
    long residentKilobytes() {
        return pids.stream().mapToLong(ProcessUsage::residentKilobytes).sum();
    }

    private static long residentKilobytes(String pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static String read(String pid, String file) {
        try {
            return Files.readString(Path.of("/proc", pid, file));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " is gone", e);
        }
    }
}
