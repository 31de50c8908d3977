package dev.siaran.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.siaran.internal.broker.Availability;
import dev.siaran.internal.broker.Availability.Side;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection. What goes wrong with any of its channels breaks all of it: the next one begins anew.
 *
 * <p>Safe for use by many threads.
 */
final class Link implements AutoCloseable {

    /** How long the server may take to say goodbye. */
    private static final int CLOSE_MILLIS = 200;

    private final Connection connection;
    private final CompletableFuture<Throwable> broken = new CompletableFuture<>();

    /** Why the server takes no messages for now, null if it does. Written by the connection's thread. */
    private volatile @Nullable Block block;

    private record Block(String reason, CompletableFuture<Void> end) {}

    Link(Connection connection, Availability availability) {
        this.connection = connection;
        connection.addShutdownListener(this::breakWith);
        connection.addBlockedListener(
                reason -> {
                    block = new Block(reason, new CompletableFuture<>());
                    availability.down(Side.PUBLISHER, new IOException("it takes no messages for now: " + reason));
                },
                () -> {
                    unblock();
                    availability.up(Side.PUBLISHER);
                });
    }

    private void unblock() {
        Block over = block;
        block = null;
        if (over != null) {
            over.end().complete(null);
        }
    }

    /** Completes with the cause when the connection can no longer be used. */
    CompletableFuture<Throwable> broken() {
        return broken;
    }

    boolean isBroken() {
        return broken.isDone();
    }

    void breakWith(Throwable cause) {
        broken.complete(cause);
        unblock();
    }

    /** Why the server takes no messages for now; null if it does. */
    @Nullable
    String blocked() {
        Block now = block;
        return now == null ? null : now.reason();
    }

    /** Waits until the server takes messages, or the time is over. Returns whether it does. */
    boolean awaitUnblocked(long millis) throws InterruptedException {
        Block now = block;
        if (now == null) {
            return true;
        }
        try {
            now.end().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    String serverVersion() {
        return String.valueOf(connection.getServerProperties().get("version"));
    }

    /** A channel for one thread. */
    Channel channel() throws IOException {
        try {
            Channel channel = connection.createChannel();
            if (channel == null) {
                throw new Refusal("the server allows no more channels (channel_max)", null);
            }
            return channel;
        } catch (ShutdownSignalException e) {
            throw Refusal.broken(e);
        }
    }

    /** A channel whose end breaks the connection, unless it is closed by us. */
    Channel lastingChannel() throws IOException {
        Channel channel = channel();
        channel.addShutdownListener(cause -> {
            if (!cause.isInitiatedByApplication()) {
                breakWith(cause);
            }
        });
        return channel;
    }

    @Override
    public void close() {
        breakWith(new IOException("closed"));
        connection.abort(CLOSE_MILLIS);
    }
}
