package dev.siaran.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * One frame of a log.
 *
 * @param id the event's id, null for what cannot be resumed from
 * @param start the position where the frame begins
 * @param end the position after it
 * @param bodyLength how many of its bytes stand before the id
 * @param appendedAt when it was appended, in nanoseconds of the hub's clock
 */
record LogEntry(@Nullable String id, long start, long end, int bodyLength, long appendedAt) {}
