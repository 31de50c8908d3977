package dev.siaran.bench.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one run does.
 *
 * @param url the stream
 * @param feed where events are published: {@code redis://host:port/channel}, or the URL of a POST; null for an idle run
 * @param connections how many clients
 * @param slow how many of them stop to read after the headers
 * @param size bytes of data in an event
 * @param rate events in a second; 0 for a closed loop
 * @param window the closed loop's outstanding events
 * @param behind how many events the clients miss while they are away, all at once; 0 if they stay
 * @param replays whether the server resumes after a last id
 * @param warmUp how long events flow before anything is measured
 * @param again how long they flow once more after the pause that comes then: under an attack, say, because a server that has been in use
 *     for a while has compiled what opens a stream
 * @param measured how long is measured
 * @param pids the server's processes
 * @param pauses the phases after which the run waits for a line on the standard input
 */
record LoadPlan(
        URI url,
        @Nullable URI feed,
        int connections,
        int slow,
        int size,
        double rate,
        int window,
        int behind,
        boolean replays,
        Duration warmUp,
        Duration again,
        Duration measured,
        List<Long> pids,
        List<String> pauses) {

    LoadPlan {
        if (size < EventData.MIN_SIZE) {
            throw new IllegalArgumentException("size is " + size + "; allowed is at least " + EventData.MIN_SIZE);
        }
        if (feed != null && rate <= 0 && window <= 0) {
            throw new IllegalArgumentException(
                    "rate is " + rate + " and window is " + window + "; one must be positive");
        }
    }

    /** Reads {@code --key=value} arguments. */
    static LoadPlan parse(String... arguments) {
        Map<String, String> values = options(arguments);
        String feed = values.get("feed");
        return new LoadPlan(
                URI.create(values.get("url")),
                feed == null ? null : URI.create(feed),
                Integer.parseInt(values.getOrDefault("connections", "100")),
                Integer.parseInt(values.getOrDefault("slow", "0")),
                Integer.parseInt(values.getOrDefault("size", "64")),
                Double.parseDouble(values.getOrDefault("rate", "0")),
                Integer.parseInt(values.getOrDefault("window", "4")),
                Integer.parseInt(values.getOrDefault("behind", "0")),
                Boolean.parseBoolean(values.getOrDefault("replays", "false")),
                seconds(values.getOrDefault("warm-up", "3")),
                seconds(values.getOrDefault("again", "0")),
                seconds(values.getOrDefault("seconds", "5")),
                list(values, "pids").stream().map(Long::valueOf).toList(),
                list(values, "pauses"));
    }

    /** {@code --key=value} arguments by their keys. */
    static Map<String, String> options(String... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument.replaceFirst("^--", "").split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis((long) (Double.parseDouble(value) * 1000));
    }

    private static List<String> list(Map<String, String> values, String key) {
        return Arrays.stream(values.getOrDefault(key, "").split(","))
                .filter(value -> !value.isBlank())
                .toList();
    }

    /** How events are published, null in an idle run. */
    @Nullable
    Protocol protocol() {
        if (feed == null) {
            return null;
        }
        return feed.getScheme().equals("redis")
                ? new RedisProtocol(
                        new InetSocketAddress(feed.getHost(), feed.getPort()),
                        feed.getPath().substring(1))
                : new PostProtocol(feed);
    }
}
