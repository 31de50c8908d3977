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
 * @param limits how much of everything
 * @param proxies whose word is taken for where a client is
 */
public record SiaranConfig(
        String broker, String defaultChannel, Stream stream, Log log, Access access, Limits limits, Proxies proxies) {

    /** How a connection is written: {@code auto} prefers the servlet's non-blocking output. */
    public enum Transport {
        AUTO,
        SERVLET,
        BLOCKING,
        SINK
    }

    /** The header in which proxies say for whom they speak. */
    public enum ForwardingHeader {
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** RFC 7239. */
        FORWARDED("Forwarded");

        private final String header;

        ForwardingHeader(String header) {
            this.header = header;
        }

        /** The name of the header. */
        public String header() {
            return header;
        }
    }

    /**
     * What every stream shares.
     *
     * @param retry {@code siaran.retry}: what a browser waits before it reconnects, sent first on every stream
     * @param reconnectSpread {@code siaran.reconnect-spread}: over how long the clients of a node that stops come back
     * @param heartbeat {@code siaran.heartbeat}: the longest that a healthy stream is silent
     * @param maxLag {@code siaran.max-lag}: how long a client may take nothing of what is due before it is disconnected
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
     * @param maxEvents {@code siaran.log.max-events}: the most events that a node keeps of a channel once they have that age
     * @param minAge {@code siaran.log.min-age}: how long an event is kept, however many there are
     * @param maxBytes {@code siaran.log.max-bytes}: the most bytes that a node keeps of a channel
     * @param nodeBytes {@code siaran.log.node-bytes}: the most bytes that a node keeps of all channels together
     * @param linger {@code siaran.log.linger}: how long a channel is kept after its last client left
     */
    public record Log(int maxEvents, Duration minAge, long maxBytes, long nodeBytes, Duration linger) {}

    /**
     * Who may listen.
     *
     * @param privateChannels {@code siaran.private-channels}: whether a channel {@code user/...} is for that user alone
     * @param maxAge {@code siaran.max-age}: how long a stream may last, zero for any time
     */
    public record Access(boolean privateChannels, Duration maxAge) {}

    /**
     * How much of everything. Of the first five, 0 is no limit.
     *
     * @param streams {@code siaran.max-streams}: streams of this node at a time
     * @param streamsPerAddress {@code siaran.max-streams-per-address}: streams of one client address at a time
     * @param streamsPerUser {@code siaran.max-streams-per-user}: streams of one user at a time
     * @param streamsPerSession {@code siaran.max-streams-per-session}: streams of one HTTP session at a time
     * @param newStreams {@code siaran.max-new-streams}: streams that one client address may open in a second
     * @param channelsPerStream {@code siaran.max-channels-per-stream}
     * @param eventSize {@code siaran.max-event-size}: bytes that the data of an event may have in UTF-8
     */
    public record Limits(
            int streams,
            int streamsPerAddress,
            int streamsPerUser,
            int streamsPerSession,
            int newStreams,
            int channelsPerStream,
            int eventSize) {}

    /**
     * Whose word is taken for where a client is.
     *
     * @param trusted {@code siaran.trusted-proxies}
     * @param header {@code siaran.forwarded-header}: what they write
     */
    public record Proxies(AddressBlocks trusted, ForwardingHeader header) {}

    /**
     * The most channels that a stream can have. Its id names its place in each, and clients send it back in a header, for which most
     * servers and proxies have 8 KiB: with the longest ids that a broker may give out it is 7,400 characters.
     */
    public static final int MOST_CHANNELS_PER_STREAM = 100;

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MANY = 10_000_000;

    /** Loopback, private (RFC 1918), link-local, and unique local (RFC 4193). */
    private static final String INTERNAL =
            "127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16," + " ::1, fe80::/10, fc00::/7";

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
                settings.duration("siaran.log.min-age", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
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
                access,
                limits(settings),
                proxies(settings));
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                settings.number("siaran.max-streams", 20_000, 0, MANY),
                settings.number("siaran.max-streams-per-address", 1000, 0, MANY),
                settings.number("siaran.max-streams-per-user", 100, 0, MANY),
                settings.number("siaran.max-streams-per-session", 50, 0, MANY),
                settings.number("siaran.max-new-streams", 100, 0, MANY),
                settings.number("siaran.max-channels-per-stream", 64, 1, MOST_CHANNELS_PER_STREAM),
                (int) settings.bytes("siaran.max-event-size", 256 << 10, 1, 256 << 20));
    }

    private static Proxies proxies(Settings settings) {
        String header = settings.choice("siaran.forwarded-header", List.of("x-forwarded-for", "forwarded"));
        return new Proxies(
                AddressBlocks.parse(
                        "siaran.trusted-proxies",
                        settings.text("siaran.trusted-proxies").orElse(INTERNAL)),
                ForwardingHeader.valueOf(header.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
}
