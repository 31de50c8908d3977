package dev.siaran.internal.cdi;

import dev.siaran.SsePublishException;
import dev.siaran.SseQueue;
import dev.siaran.SseQueueEvent;
import dev.siaran.internal.config.ChannelNames;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.http.SseServer;
import dev.siaran.internal.wire.EventText;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Publishes to the broker, and says in the application's words why that failed. */
final class BrokerQueue implements SseQueue {

    private final Broker broker;
    private final SseServer server;
    private final String defaultChannel;
    private final int maxSize;

    BrokerQueue(Broker broker, SseServer server, SiaranConfig config) {
        this.broker = broker;
        this.server = server;
        this.defaultChannel = config.defaultChannel();
        this.maxSize = config.limits().eventSize();
    }

    @Override
    public CompletionStage<String> publish(SseQueueEvent event) {
        String channel = event.channel() == null ? defaultChannel : event.channel();
        try {
            EventText.requireSize(event.data(), maxSize);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return broker.publish(new Message(channel, event.name(), event.data()))
                .handle((id, failure) -> failure == null
                        ? CompletableFuture.completedFuture(id)
                        : CompletableFuture.<String>failedFuture(refused(channel, failure)))
                .thenCompose(result -> result);
    }

    @Override
    public SseBroadcaster broadcaster(String channel) {
        ChannelNames.check("channel", channel);
        return server.broadcaster(
                channel,
                event -> publish(
                        SseQueueEvent.of(channel, event.getName(), event.getData() == null ? "" : event.getData())));
    }

    private static SsePublishException refused(String channel, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new SsePublishException(channel + ": the event was not accepted: " + cause.getMessage(), cause);
    }
}
