package dev.siaran.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * One frame of a log.
 *
 * @param id the event's id, null for what cannot be resumed from
 * @param event the event's type, null for an unnamed event
 * @param start the position where the frame begins
 * @param end the position after it
 * @param time when it was appended, in nanoseconds of the log's clock
 * @param bodyLength how many of its bytes stand before the id
 */
record LogEntry(@Nullable String id, @Nullable String event, long start, long end, long time, int bodyLength) {

    int length() {
        return (int) (end - start);
    }
}
