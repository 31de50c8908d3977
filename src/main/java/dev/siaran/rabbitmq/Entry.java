package dev.siaran.rabbitmq;

import dev.siaran.spi.Message;
import dev.siaran.spi.StoredMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message of the stream as it was read.
 *
 * @param message null for a marker, and for what is not of our form
 * @param publisher the broker that sent it, empty for another program
 * @param sequence its number among all that its publisher sends; of a marker among the markers
 * @param marker whether it only shows how far the stream has been read
 */
record Entry(Place place, @Nullable Message message, String publisher, long sequence, boolean marker) {

    long offset() {
        return place.offset();
    }

    long stamp() {
        return place.stamp();
    }

    @Nullable
    String channel() {
        return message == null ? null : message.channel();
    }

    boolean isForeign() {
        return message == null && !marker;
    }

    StoredMessage stored(Message content) {
        return new StoredMessage(EventId.of(this).toString(), content);
    }
}
