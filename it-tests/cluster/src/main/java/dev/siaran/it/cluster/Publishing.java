package dev.siaran.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.support.Await;
import dev.siaran.it.support.Http;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/** A series of numbered events that a node publishes. Safe for use by many threads. */
public record Publishing(Http http, URI series) {

    private record Progress(long published, long accepted, long refused) {

        static Progress parse(String text) {
            long[] numbers =
                    Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
            return new Progress(numbers[0], numbers[1], numbers[2]);
        }

        boolean isAnswered() {
            return accepted + refused == published;
        }
    }

    private Progress progress() {
        return Progress.parse(http.get(series));
    }

    /** How many were published so far. */
    public long published() {
        return progress().published();
    }

    /** Publishes no more; returns how many there were, once each of them was acknowledged. */
    public long stop(Duration limit) {
        http.send("DELETE", series, "", "Accept", "*/*");
        return acknowledged(published(), limit);
    }

    /** Waits until so many have been published and acknowledged, and returns how many. */
    public long acknowledged(long count, Duration limit) {
        Progress end = Await.until(
                count + " events are answered",
                limit,
                this::progress,
                progress -> progress.published() >= count && progress.isAnswered());
        assertEquals(0, end.refused(), "refused");
        assertEquals(count, end.accepted(), "acknowledged");
        return count;
    }
}
