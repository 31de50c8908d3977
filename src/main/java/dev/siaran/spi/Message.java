package dev.siaran.spi;

import org.jspecify.annotations.Nullable;

/**
 * An event on its way through a broker: the channel it belongs to, its type and its text.
 *
 * @param channel the channel's name, never empty
 * @param event the event type that a browser listens for, null for an unnamed event (type {@code message})
 * @param data the text of the event, possibly empty or of several lines
 * @since 0.1
 */
public record Message(String channel, @Nullable String event, String data) {}
