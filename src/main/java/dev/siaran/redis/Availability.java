package dev.siaran.redis;

import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Tells the log when the server goes and when it is back: one WARN for an outage, one more only if its cause becomes
 * another, and one INFO at its end.
 *
 * <p>Safe for use by many threads.
 */
final class Availability {

    /** What can be without the server; each has a connection of its own. */
    enum Side {
        SUBSCRIBER,
        PUBLISHER
    }

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    private final String where;
    private final String key;
    private final String node;

    // Guarded by this.
    private final Set<Side> away = EnumSet.noneOf(Side.class);
    private String reported = "";

    /** @param where the server, for people: in a cluster each can go */
    Availability(RedisSettings settings, String where, String node) {
        this.where = where;
        this.key = settings.deployment().key();
        this.node = node;
    }

    synchronized void down(Side side, Throwable cause) {
        String reason = reason(cause);
        boolean begins = away.add(side) && away.size() == 1;
        if (begins || !isSameOutage(cause, reason)) {
            reported = reason;
            LOG.log(
                    Level.WARNING,
                    "Redis at {0} ({1}, node {2}) does not answer; events wait and it is tried again: {3}",
                    where,
                    key,
                    node,
                    reason);
        }
        LOG.log(Level.DEBUG, () -> side + " of node " + node, cause);
    }

    /** A broken connection has many texts; what the server itself says is worth a line each time it changes. */
    private boolean isSameOutage(Throwable cause, String reason) {
        return !(cause instanceof JedisDataException) || reason.equals(reported);
    }

    synchronized void up(Side side) {
        if (away.remove(side) && away.isEmpty()) {
            reported = "";
            LOG.log(Level.INFO, "Redis at {0} ({1}, node {2}) is back", where, key, node);
        }
    }

    private static String reason(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        Throwable deeper = cause.getCause();
        return deeper == null || deeper.getMessage() == null || text.contains(deeper.getMessage())
                ? text
                : text + " (" + deeper.getMessage() + ')';
    }
}
