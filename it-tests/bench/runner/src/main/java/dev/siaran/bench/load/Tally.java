package dev.siaran.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What arrives at all clients together during one phase. For one thread. */
final class Tally {

    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
    private long now;
    private long deliveries;
    private long lastDelivery;

    /** Sets the time at which the bytes that are about to be parsed were read. */
    void readAt(long nanos) {
        now = nanos;
    }

    void delivered(long stamp) {
        deliveries++;
        lastDelivery = now;
        latency.recordValue(Math.min(Math.max(now - stamp, 0), latency.getHighestTrackableValue()));
    }

    long deliveries() {
        return deliveries;
    }

    /** When the newest event arrived, as {@link System#nanoTime}. */
    long lastDelivery() {
        return lastDelivery;
    }

    double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }

    double maxLatencyMillis() {
        return latency.getMaxValue() / 1e6;
    }

    /** Begins a new phase. */
    void reset() {
        latency.reset();
        deliveries = 0;
        lastDelivery = now;
    }
}
