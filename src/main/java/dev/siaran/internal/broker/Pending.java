package dev.siaran.internal.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.spi.Message;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the server, already in bytes.
 *
 * @param sequence its number among all that this publisher sends; tells a repetition
 * @param result what the caller waits for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Pending(
        String channel, byte @Nullable [] event, byte[] data, long sequence, CompletableFuture<String> result) {

    /** What a message costs besides its text. */
    private static final long OVERHEAD = 128;

    public static Pending of(Message message, long sequence) {
        String event = message.event();
        return new Pending(
                message.channel(),
                event == null ? null : event.getBytes(UTF_8),
                message.data().getBytes(UTF_8),
                sequence,
                new CompletableFuture<>());
    }

    public long bytes() {
        return OVERHEAD + data.length + (event == null ? 0 : event.length);
    }
}
