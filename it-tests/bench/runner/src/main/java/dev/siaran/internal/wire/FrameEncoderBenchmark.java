package dev.siaran.internal.wire;

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

/** An event to its bytes: done once for each event, whatever the number of clients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FrameEncoderBenchmark {

    /** Characters of data. */
    @Param({"64", "16384"})
    public int size;

    /** What the data is made of. */
    @Param({"ascii", "lines", "wide"})
    public String kind = "ascii";

    private String data = "";

    /** Makes the data. */
    @Setup
    public void makeData() {
        String unit = switch (kind) {
            case "lines" -> "a line of text\n";
            case "wide" -> "na\u00efve \u20ac";
            default -> "abcdefgh";
        };
        data = unit.repeat(size / unit.length() + 1).substring(0, size);
    }

    /** Encodes. */
    @Benchmark
    public Frame encode() {
        return FrameEncoder.event("headline", data, "1764000000000-0");
    }
}
