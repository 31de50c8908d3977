package dev.siaran.internal.cdi;

import dev.siaran.SseQueue;
import dev.siaran.SseQueueEvent;
import dev.siaran.internal.wire.EventText;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes events that the application fires: inside of a transaction once that has succeeded, else at once. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by CDI
public class QueueObserver {

    private static final Logger LOG = System.getLogger(QueueObserver.class.getName());

    @Inject
    private SseQueue queue;

    @Inject
    private SiaranExtension extension;

    private int maxSize;
    private Optional<TransactionQueue> transactions;

    /** For CDI. */
    public QueueObserver() {}

    @PostConstruct
    void start() {
        maxSize = extension.config().siaran().limits().eventSize();
        transactions = TransactionQueue.ofServer(this::publishLate);
    }

    void onFire(@Observes SseQueueEvent event) {
        // Also when it is published later: then nobody could be told
        EventText.requireSize(event.data(), maxSize);
        if (transactions.isPresent() && !transactions.get().add(event)) {
            publish(event);
        }
    }

    /** Without access to the transaction itself, CDI tells when it has committed, or that there is none. */
    void onSuccess(@Observes(during = TransactionPhase.AFTER_SUCCESS) SseQueueEvent event) {
        if (transactions.isEmpty()) {
            publish(event);
        }
    }

    void onFireAsync(@ObservesAsync SseQueueEvent event) {
        publish(event);
    }

    /** The transaction has committed: whoever fired cannot be told any more. */
    private void publishLate(SseQueueEvent event) {
        try {
            publish(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, e.getMessage(), e);
        }
    }

    /** Refused at once (a full buffer, a closed broker, too large) is thrown to who fires; refused later can only be logged. */
    private void publish(SseQueueEvent event) {
        CompletableFuture<String> published = queue.publish(event).toCompletableFuture();
        if (published.isCompletedExceptionally()) {
            try {
                published.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException refused ? refused : e;
            }
        }
        published.whenComplete((id, failure) -> {
            if (failure != null) {
                LOG.log(Level.ERROR, failure.getMessage());
            }
        });
    }
}
