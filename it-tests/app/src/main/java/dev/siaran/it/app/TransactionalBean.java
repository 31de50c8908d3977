package dev.siaran.it.app;

import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Business methods that fire events. */
@ApplicationScoped
public class TransactionalBean {

    @Inject
    Event<SseQueueEvent> queue;

    /** Fires and commits. */
    @Transactional
    public void fire(String channel, String data) {
        queue.fire(SseQueueEvent.of(channel, null, data));
    }

    /** Fires and rolls back. */
    @Transactional
    public void fireAndFail(String channel, String data) {
        queue.fire(SseQueueEvent.of(channel, null, data));
        throw new IllegalStateException("business failure");
    }

    /** Fires and commits, whatever the caller's transaction does. */
    @Transactional(TxType.REQUIRES_NEW)
    public void fireInNewTransaction(String channel, String data) {
        queue.fire(SseQueueEvent.of(channel, null, data));
    }
}
