package dev.siaran.internal.hub;

import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.wire.Frame;
import dev.siaran.internal.wire.FrameEncoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The log of a channel at its bound: what the broker's thread does with an event, and a connection to find its place. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChannelLogBenchmark {

    private static final int MAX_EVENTS = 1024;
    private static final long MAX_BYTES = 4 << 20;

    /** Characters of data in an event. */
    @Param({"64", "16384"})
    public int size;

    private ChannelLog log = log();
    private Frame frame = FrameEncoder.event(null, "", null);
    private String[] ids = {};
    private int next;

    private static ChannelLog log() {
        var bounds = new SiaranConfig.Log(MAX_EVENTS, Duration.ZERO, MAX_BYTES, MAX_BYTES, Duration.ZERO);
        return new ChannelLog(bounds, () -> MAX_BYTES, System::nanoTime);
    }

    /** Fills the log. */
    @Setup
    public void fill() {
        ids = new String[1 << 16];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = "1764000000000-" + i;
        }
        frame = FrameEncoder.event("headline", "x".repeat(size), ids[0]);
        log = log();
        for (int i = 0; i < 2 * MAX_EVENTS; i++) {
            append();
        }
    }

    /** Appends, and drops the oldest. */
    @Benchmark
    public void append() {
        log.append(ids[next++ & 0xffff], "headline", frame, Long.MAX_VALUE);
    }

    /** Finds a last id in the middle of the log. */
    @Benchmark
    public long lookUp() {
        return log.after(ids[(next - 50) & 0xffff]);
    }
}
