package dev.siaran.redis;

import dev.siaran.spi.BrokerSettings;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;

/**
 * How Redis is set up, and whom to ask for its servers.
 *
 * @param kind which of the three it is
 * @param master the name that the sentinels give to the master; empty for the other kinds
 * @param nodes the sentinels, or some servers of the cluster; empty for one server
 */
record Deployment(Kind kind, String master, List<RedisAddress> nodes) {

    static final String SENTINEL_MASTER = "siaran.redis.sentinel.master";
    static final String SENTINEL_NODES = "siaran.redis.sentinel.nodes";
    static final String CLUSTER_NODES = "siaran.redis.cluster.nodes";

    enum Kind {
        SINGLE,
        SENTINEL,
        CLUSTER
    }

    /**
     * @param login what {@code siaran.redis.uri} says; for a cluster and behind sentinels all but host and port of it holds
     *     for every server
     * @param tls for sentinels and servers that ask for it
     */
    static Deployment read(BrokerSettings settings, RedisAddress login, String prefix, RedisTls tls) {
        Optional<String> master = settings.text(SENTINEL_MASTER);
        Optional<String> sentinels = settings.text(SENTINEL_NODES);
        Optional<String> cluster = settings.text(CLUSTER_NODES);
        if (cluster.isPresent()) {
            requireHost(CLUSTER_NODES, login);
            return cluster(cluster.get(), master.isPresent() || sentinels.isPresent(), login, prefix, tls);
        }
        if (master.isPresent() != sentinels.isPresent()) {
            throw new IllegalArgumentException(
                    master.isPresent()
                            ? SENTINEL_MASTER + " is \"" + master.get() + "\", but " + SENTINEL_NODES + " is missing"
                            : SENTINEL_NODES + " is set, but " + SENTINEL_MASTER
                                    + " is missing: the name of the master, as in the sentinels' configuration");
        }
        if (master.isEmpty()) {
            return new Deployment(Kind.SINGLE, "", List.of());
        }
        requireHost(SENTINEL_NODES, login);
        return new Deployment(Kind.SENTINEL, master.get(), NodeList.read(SENTINEL_NODES, sentinels.orElse(""), tls));
    }

    private static void requireHost(String key, RedisAddress login) {
        if (login.isUnix()) {
            throw new IllegalArgumentException(RedisAddress.KEY + " is unix://" + login + "; with " + key
                    + ", whose servers are elsewhere, allowed are redis:// and rediss://");
        }
    }

    private static Deployment cluster(String text, boolean sentinel, RedisAddress login, String prefix, RedisTls tls) {
        if (sentinel) {
            throw new IllegalArgumentException(CLUSTER_NODES + " and " + SENTINEL_MASTER + " or " + SENTINEL_NODES
                    + " are set; allowed is one of the two kinds");
        }
        if (login.database() != 0) {
            throw new IllegalArgumentException(RedisAddress.KEY + " has database " + login.database() + "; a cluster ("
                    + CLUSTER_NODES + ") has only database 0");
        }
        if (prefix.contains("{") || prefix.contains("}")) {
            throw new IllegalArgumentException("siaran.redis.prefix is \"" + prefix + "\"; for a cluster ("
                    + CLUSTER_NODES + ") it must have no braces, which would say where keys are kept");
        }
        List<RedisAddress> nodes = NodeList.read(CLUSTER_NODES, text, tls);
        if (nodes.stream().anyMatch(node -> node.user() != null || node.password() != null)) {
            throw new IllegalArgumentException(
                    CLUSTER_NODES + " has a login; the one for all servers belongs into " + RedisAddress.KEY);
        }
        if (nodes.stream().anyMatch(node -> (node.tls() == null) != (login.tls() == null))) {
            throw new IllegalArgumentException(CLUSTER_NODES + " and " + RedisAddress.KEY
                    + " have different schemes; allowed is rediss for all (TLS) or redis for all");
        }
        return new Deployment(
                Kind.CLUSTER,
                "",
                nodes.stream().map(node -> login.at(node.host(), node.port())).toList());
    }

    /** The key that says where the servers are. */
    String key() {
        return switch (kind) {
            case SINGLE -> RedisAddress.KEY;
            case SENTINEL -> SENTINEL_NODES;
            case CLUSTER -> CLUSTER_NODES;
        };
    }

    /** Whether any of the servers or sentinels is reached by TLS. */
    boolean usesTls(RedisAddress login) {
        return login.tls() != null || nodes.stream().anyMatch(node -> node.tls() != null);
    }

    Topology topology(RedisAddress address, Servers servers, Runnable changed) {
        return switch (kind) {
            case SINGLE -> Topology.single(address);
            case SENTINEL -> new Sentinels(this, address, servers);
            case CLUSTER -> new Cluster(this, servers, changed);
        };
    }

    /** What every new connection to a server has to stand. */
    void check(Connection connection) {
        if (kind != Kind.SINGLE) {
            Hello.requireMaster(connection);
        }
    }
}
