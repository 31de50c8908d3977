package dev.siaran.internal.cdi;

import dev.siaran.SseAccess;
import dev.siaran.SsePublishException;
import dev.siaran.internal.config.ChannelNames;
import dev.siaran.internal.hub.Leases;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Takes leases back, and says in the application's words if the other nodes cannot be told. */
final class NodeAccess implements SseAccess {

    private final Leases leases;

    NodeAccess(Leases leases) {
        this.leases = leases;
    }

    @Override
    public CompletionStage<Void> revokeUser(String principalName) {
        return told("user " + principalName, leases.revokeUser(principalName));
    }

    @Override
    public CompletionStage<Void> revokeChannel(String channel) {
        ChannelNames.check("channel", channel);
        return told("channel " + channel, leases.revokeChannel(channel));
    }

    private static CompletionStage<Void> told(String whose, CompletionStage<String> published) {
        return published
                .handle((id, failure) -> failure == null
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.<Void>failedFuture(refused(whose, failure)))
                .thenCompose(result -> result);
    }

    private static SsePublishException refused(String whose, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new SsePublishException(
                whose + ": the other nodes cannot be told to end the streams: " + cause.getMessage(), cause);
    }
}
