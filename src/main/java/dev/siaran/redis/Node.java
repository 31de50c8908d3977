package dev.siaran.redis;

import dev.siaran.internal.broker.PublishBuffer;
import dev.siaran.internal.broker.Threads;

/**
 * What all lanes of a broker share.
 *
 * @param name tells this broker from the others that use the same Redis
 * @param buffer what waits to be published
 */
record Node(
        RedisSettings settings,
        String name,
        Threads threads,
        Servers servers,
        Topology topology,
        PublishBuffer buffer) {}
