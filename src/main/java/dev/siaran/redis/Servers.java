package dev.siaran.redis;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The connections of a node, to each server that it has to do with.
 *
 * <p>Safe for use by many threads.
 */
final class Servers implements AutoCloseable {

    private final RedisSettings settings;
    private final String node;
    private final ConcurrentMap<RedisAddress, Connections> servers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Servers(RedisSettings settings, String node) {
        this.settings = settings;
        this.node = node;
    }

    Connections at(RedisAddress address) {
        Connections found = servers.computeIfAbsent(
                address, missing -> new Connections(settings, missing, node, settings.deployment()::check));
        if (closed) {
            found.close();
        }
        return found;
    }

    /** Cuts every connection to other servers than these, whoever uses it. */
    void retain(Collection<RedisAddress> addresses) {
        servers.forEach((address, connections) -> {
            if (!addresses.contains(address) && servers.remove(address, connections)) {
                connections.close();
            }
        });
    }

    /** Cuts every connection to this server; whoever needs one opens it anew. */
    void giveUp(RedisAddress address) {
        Connections connections = servers.remove(address);
        if (connections != null) {
            connections.close();
        }
    }

    /** Ends whatever any thread is doing with a connection. */
    @Override
    public void close() {
        closed = true;
        servers.values().forEach(Connections::close);
    }
}
