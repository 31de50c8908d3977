package dev.siaran.it.app;

import dev.siaran.SseQueueEvent;

/**
 * Numbered events at a pace.
 *
 * @param name the channel, or what the names of the channels begin with
 * @param rate events in a second
 * @param from the number of the first one
 * @param count how many there are at most
 * @param channels over how many channels they go in turn
 * @param fire whether they are fired as CDI events, else published through the queue
 */
public record Series(String name, double rate, long from, long count, int channels, boolean fire) {

    /** When an event is due, after the beginning. */
    public long dueNanos(long index) {
        return (long) (index * 1e9 / rate);
    }

    /** Its data begins with its number in its channel and the time. */
    public SseQueueEvent event(long index) {
        String channel = channels == 1 ? name : name + "-" + index % channels;
        return SseQueueEvent.of(channel, "series", (from + index / channels) + " " + System.nanoTime());
    }
}
