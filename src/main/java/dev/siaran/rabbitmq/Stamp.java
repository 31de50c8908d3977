package dev.siaran.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A check of 32 bits over all that a message says. It is no secret and protects from mistakes only: an id of another channel,
 * or of a stream that was deleted and made again.
 */
final class Stamp {

    private final CRC32C sum = new CRC32C();

    /** Adds a part; null is not the same as empty. */
    Stamp add(@Nullable String part) {
        return part == null ? add(-1) : add(part.getBytes(UTF_8));
    }

    Stamp add(byte[] part) {
        add(part.length);
        sum.update(part);
        return this;
    }

    Stamp add(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            sum.update((int) (number >>> shift));
        }
        return this;
    }

    long value() {
        return sum.getValue();
    }

    static long ofChannel(String channel) {
        return new Stamp().add(channel).value();
    }
}
