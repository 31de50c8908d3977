package dev.siaran.internal.hub;

import dev.siaran.internal.config.ChannelNames;
import dev.siaran.internal.config.SiaranConfig.Limits;
import org.jspecify.annotations.Nullable;

/** A bound on the streams of one node: of all, and of each client address, session and user. */
public enum Limit {
    NODE("siaran.max-streams", "on this server", Advice.NODE),
    ADDRESS("siaran.max-streams-per-address", "from this address", Advice.ADDRESS),
    SESSION("siaran.max-streams-per-session", "of this session", Advice.PAGE),
    USER("siaran.max-streams-per-user", "of this user", Advice.PAGE),
    /** How many begin in a second. */
    PACE("siaran.max-new-streams", "in so short a time from this address", Advice.ADDRESS);

    private final String key;
    private final String where;
    private final String advice;

    Limit(String key, String where, String advice) {
        this.key = key;
        this.where = where;
        this.advice = advice;
    }

    /** The configured number, 0 for none. */
    int most(Limits limits) {
        return switch (this) {
            case NODE -> limits.streams();
            case ADDRESS -> limits.streamsPerAddress();
            case SESSION -> limits.streamsPerSession();
            case USER -> limits.streamsPerUser();
            case PACE -> limits.newStreams();
        };
    }

    /** What the limit counts the streams of a holder by; null if they are not counted. */
    @Nullable
    Object whose(Holder holder) {
        return switch (this) {
            case NODE -> "this node";
            case ADDRESS, PACE -> holder.network();
            case SESSION -> holder.session();
            case USER -> holder.user();
        };
    }

    /** What a client is told that has reached the limit. */
    public String answer() {
        return "Too many streams " + where + " (" + key + "); come back later";
    }

    /** What the log says. */
    String warning(Limits limits, Holder holder) {
        String who = this == SESSION ? "a session" : ChannelNames.visible(String.valueOf(whose(holder)));
        return key + " is " + most(limits) + ", which " + who + " has reached: more streams are refused. " + advice
                + ". (Said once a minute at most)";
    }

    private static final class Advice {
        static final String NODE = "Raise it if the node has memory and file descriptors for more, or add a node";
        static final String ADDRESS = "Raise it if many users share that address; if it is a proxy of yours,"
                + " siaran.trusted-proxies has to name it";
        static final String PAGE =
                "Let a page close what it no longer needs, let several of its channels share a stream, or raise it";
    }
}
