package dev.siaran.internal.wire;

/**
 * One event as its exact bytes. The id is the last field, so that a stream of several channels can put its own in its place.
 *
 * @param bytes the event whole: its fields, the id, the blank line. Never changed after construction
 * @param bodyLength how many of the bytes stand before the id field
 */
@SuppressWarnings("ArrayRecordComponent") // shared with every connection, compared by nobody
public record Frame(byte[] bytes, int bodyLength) {}
