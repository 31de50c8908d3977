package dev.siaran.spi;

/**
 * A message that the broker has accepted, with the id that it gave it.
 *
 * @param id the SSE {@code id} of the event: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}, not
 *     {@code -} alone, unique within the channel, and the same on every node unless each gives its own
 * @param message what was published
 * @since 0.1
 */
public record StoredMessage(String id, Message message) {}
