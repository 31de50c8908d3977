package dev.siaran.redis;

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
