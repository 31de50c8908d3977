package dev.siaran.internal.broker;

import dev.siaran.spi.BrokerSettings;

/**
 * How much may wait for an absent server.
 *
 * @param events {@code siaran.publish-buffer}
 * @param bytes {@code siaran.publish-buffer-bytes}
 */
public record BufferBounds(int events, long bytes) {

    static final String EVENTS = "siaran.publish-buffer";
    static final String BYTES = "siaran.publish-buffer-bytes";

    /** Reads both keys. */
    public static BufferBounds read(BrokerSettings settings) {
        return new BufferBounds(
                settings.number(EVENTS, 10_000, 1, 10_000_000), settings.bytes(BYTES, 16L << 20, 1024, 1L << 40));
    }
}
