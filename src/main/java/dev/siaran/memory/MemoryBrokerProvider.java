package dev.siaran.memory;

import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerProvider;
import dev.siaran.spi.BrokerSettings;
import java.util.function.Supplier;

/**
 * The broker for one node, the default: {@code siaran.broker=memory}. It has no settings and needs no server.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class MemoryBrokerProvider implements BrokerProvider {

    /** For {@link java.util.ServiceLoader}. */
    public MemoryBrokerProvider() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Supplier<Broker> configure(BrokerSettings settings) {
        return () -> new MemoryBroker(MemoryIds.startingAt(System.currentTimeMillis()));
    }
}
