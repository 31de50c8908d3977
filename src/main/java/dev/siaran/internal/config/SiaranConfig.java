package dev.siaran.internal.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * All that can be configured, except what belongs to one broker.
 *
 * @param broker {@code siaran.broker}: the name of a broker provider
 * @param defaultChannel {@code siaran.default-channel}: where an event without a channel goes
 * @param stream what every stream shares
 * @param log the bounds of a channel's log
 * @param access who may listen
 */
public record SiaranConfig(String broker, String defaultChannel, Stream stream, Log log, Access access) {

    /** How a connection is written: {@code auto} prefers the servlet's non-blocking output. */
    public enum Transport {
        AUTO,
        SERVLET,
        BLOCKING,
        SINK
    }

    /**
     * What every stream shares.
     *
     * @param retry {@code siaran.retry}: what a browser waits before it reconnects, sent first on every stream
     * @param reconnectSpread {@code siaran.reconnect-spread}: over how long the clients of a node that stops come back
     * @param heartbeat {@code siaran.heartbeat}: the longest that a healthy stream is silent
     * @param maxLag {@code siaran.max-lag}: how old a client's oldest unsent event may become before it is disconnected
     * @param transport {@code siaran.transport}
     * @param shards {@code siaran.shards}: threads that write
     * @param gapEvent {@code siaran.gap-event}: the type of the event that tells a client what it cannot be given
     */
    public record Stream(
            Duration retry,
            Duration reconnectSpread,
            Duration heartbeat,
            Duration maxLag,
            Transport transport,
            int shards,
            String gapEvent) {}

    /**
     * The bounds of a channel's log.
     *
     * @param maxEvents {@code siaran.log.max-events}: the most events that a node keeps of a channel
     * @param maxBytes {@code siaran.log.max-bytes}: the most bytes that a node keeps of a channel
     * @param nodeBytes {@code siaran.log.node-bytes}: the most bytes that a node keeps of all channels together
     * @param linger {@code siaran.log.linger}: how long a channel is kept after its last client left
     */
    public record Log(int maxEvents, long maxBytes, long nodeBytes, Duration linger) {}

    /**
     * Who may listen.
     *
     * @param privateChannels {@code siaran.private-channels}: whether a channel {@code user/...} is for that user alone
     * @param maxAge {@code siaran.max-age}: how long a stream may last, zero for any time
     */
    public record Access(boolean privateChannels, Duration maxAge) {}

    private static final Duration DAY = Duration.ofDays(1);

    /** Reads and checks every key. */
    public static SiaranConfig read(Settings settings) {
        int halfOfCores = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var stream = new Stream(
                settings.duration("siaran.retry", Duration.ofSeconds(2), Duration.ofMillis(1), DAY),
                settings.duration("siaran.reconnect-spread", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)),
                settings.duration(
                        "siaran.heartbeat", Duration.ofSeconds(15), Duration.ofMillis(100), Duration.ofHours(1)),
                settings.duration("siaran.max-lag", Duration.ofSeconds(30), Duration.ofMillis(100), DAY),
                Transport.valueOf(settings.choice("siaran.transport", List.of("auto", "servlet", "blocking", "sink"))
                        .toUpperCase(Locale.ROOT)),
                settings.number("siaran.shards", halfOfCores, 1, 256),
                ChannelNames.singleLine(
                        "siaran.gap-event", settings.text("siaran.gap-event").orElse("gap")));
        var log = new Log(
                settings.number("siaran.log.max-events", 1024, 1, 1 << 20),
                settings.bytes("siaran.log.max-bytes", 4L << 20, 1024, 1L << 30),
                settings.bytes("siaran.log.node-bytes", Runtime.getRuntime().maxMemory() / 4, 1 << 20, 1L << 40),
                settings.duration("siaran.log.linger", Duration.ofMinutes(1), Duration.ZERO, DAY));
        var access = new Access(
                settings.choice("siaran.private-channels", List.of("on", "off")).equals("on"),
                settings.duration("siaran.max-age", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(365)));
        return new SiaranConfig(
                settings.text("siaran.broker").orElse("memory").toLowerCase(Locale.ROOT),
                ChannelNames.check(
                        "siaran.default-channel",
                        settings.text("siaran.default-channel").orElse("sse")),
                stream,
                log,
                access);
    }
}
