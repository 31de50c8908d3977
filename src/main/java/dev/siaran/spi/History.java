package dev.siaran.spi;

import java.util.List;

/**
 * A page of what a broker has kept of a channel, oldest first.
 *
 * @param start whether the page begins right after the id that was asked for
 * @param messages the messages of the page; fewer than were asked for means that there are no more
 * @since 0.1
 */
public record History(Start start, List<StoredMessage> messages) {

    /** How a page begins. */
    public enum Start {
        /** Nothing is missing between the id asked for and the first message of the page. */
        COMPLETE,
        /** The id is older than all that is kept: what lay between is gone, and the page begins at the oldest kept. */
        TRIMMED,
        /**
         * The id is none of this channel's: malformed, from another channel, or not yet given out; or of another node, where
         * each gives its own. The page is empty.
         */
        UNKNOWN
    }

    /** Copies the list, so that a page never changes. */
    public History {
        messages = List.copyOf(messages);
    }

    /** A page without messages. */
    public static History empty(Start start) {
        return new History(start, List.of());
    }
}
