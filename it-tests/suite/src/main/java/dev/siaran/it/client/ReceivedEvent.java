package dev.siaran.it.client;

/**
 * An event as a browser would hand it to a listener.
 *
 * @param type {@code message} for an unnamed event
 * @param data the lines of the event, joined by LF
 * @param lastEventId the last id that the stream has set, empty if none
 * @param nanos {@link System#nanoTime} of its arrival
 */
public record ReceivedEvent(String type, String data, String lastEventId, long nanos) {}
