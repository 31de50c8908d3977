package dev.siaran;

/**
 * What becomes of a client that is slower than its channel: one whose next event the node's log
 * ({@code siaran.log.max-events}, {@code siaran.log.min-age}, {@code siaran.log.max-bytes}) no longer holds. Whatever is
 * chosen, it delays nobody else, and one that takes nothing at all for {@code siaran.max-lag} is disconnected.
 *
 * @since 0.1
 */
public enum SseSlowClients {
    /** It is disconnected; the browser comes back with its last id and gets what it missed, or a gap event. The default. */
    DISCONNECT,
    /** It stays connected, gets a gap event, and then what the log holds. For events of which newer ones matter more. */
    DROP_OLDEST,
    /**
     * An event that has a successor of the same name before it could be written is left out, without a gap event. For values
     * that replace each other: a price, a position, a progress.
     */
    LATEST
}
