package dev.siaran.internal.broker;

import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells the log when the server goes and when it is back: one WARN for an outage, one more only if its cause becomes
 * another, and one INFO at its end.
 *
 * <p>Safe for use by many threads.
 */
public final class Availability {

    /** What can be without the server; each has a connection of its own. */
    public enum Side {
        SUBSCRIBER,
        PUBLISHER
    }

    private final System.Logger log;
    private final String server;
    private final String about;
    private final Predicate<Throwable> isAnswer;

    // Guarded by this.
    private final Set<Side> away = EnumSet.noneOf(Side.class);
    private String reported = "";

    /**
     * @param server the server, for people
     * @param key the key that names the server
     * @param isAnswer tells what the server itself has said from a connection that failed
     */
    public Availability(System.Logger log, String server, String key, String node, Predicate<Throwable> isAnswer) {
        this.log = log;
        this.server = server;
        this.about = " (" + key + ", node " + node + ')';
        this.isAnswer = isAnswer;
    }

    public synchronized void down(Side side, Throwable cause) {
        String reason = reason(cause);
        boolean begins = away.add(side) && away.size() == 1;
        if (begins || !isSameOutage(cause, reason)) {
            reported = reason;
            log.log(Level.WARNING, server + about + " does not answer; events wait and it is tried again: " + reason);
        }
        log.log(Level.DEBUG, () -> side + about, cause);
    }

    /** A broken connection has many texts; what the server itself says is worth a line each time it changes. */
    private boolean isSameOutage(Throwable cause, String reason) {
        return !isAnswer.test(cause) || reason.equals(reported);
    }

    public synchronized void up(Side side) {
        if (away.remove(side) && away.isEmpty()) {
            reported = "";
            log.log(Level.INFO, server + about + " is back");
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
