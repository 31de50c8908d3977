package dev.siaran.internal.cdi;

import dev.siaran.SsePublishException;
import dev.siaran.SseQueue;
import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes events that the application fires: inside of a transaction once that has succeeded, else at once. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by CDI
public class QueueObserver {

    private static final Logger LOG = System.getLogger(QueueObserver.class.getName());

    @Inject
    private SseQueue queue;

    /** For CDI. */
    public QueueObserver() {}

    void onFire(@Observes(during = TransactionPhase.AFTER_SUCCESS) SseQueueEvent event) {
        publish(event);
    }

    void onFireAsync(@ObservesAsync SseQueueEvent event) {
        publish(event);
    }

    /** Refused at once (a full buffer, a closed broker) is thrown to who fires; refused later can only be logged. */
    private void publish(SseQueueEvent event) {
        CompletableFuture<String> published = queue.publish(event).toCompletableFuture();
        if (published.isCompletedExceptionally()) {
            try {
                published.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof SsePublishException refused ? refused : e;
            }
        }
        published.whenComplete((id, failure) -> {
            if (failure != null) {
                LOG.log(Level.ERROR, failure.getMessage());
            }
        });
    }
}
