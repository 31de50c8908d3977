package dev.siaran.spi;

import java.util.function.Supplier;

/**
 * Makes a broker; found by {@link java.util.ServiceLoader} and chosen by the key {@code siaran.broker}.
 *
 * @since 0.1
 */
public interface BrokerProvider {

    /** The value of {@code siaran.broker} that chooses this provider, in lower case. */
    String name();

    /**
     * Reads and checks the settings, while the application is being deployed; starts nothing.
     *
     * @return starts the broker; does not wait for a server: an absent one is logged once and tried again
     * @throws IllegalArgumentException if a setting is malformed or out of range; the message names the key, the value and
     *     what is allowed
     * @throws IllegalStateException if a library that this broker needs is missing; the message names it
     */
    Supplier<Broker> configure(BrokerSettings settings);
}
