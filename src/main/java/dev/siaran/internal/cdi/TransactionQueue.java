package dev.siaran.internal.cdi;

import dev.siaran.SseQueueEvent;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Keeps the events of each transaction, in order, until it has committed. CDI's own transactional observers are called in the
 * transaction manager's order, which is the reverse one on WildFly.
 *
 * <p>Safe for use by many threads.
 */
final class TransactionQueue {

    private final TransactionSynchronizationRegistry registry;
    private final Consumer<SseQueueEvent> committed;

    private TransactionQueue(TransactionSynchronizationRegistry registry, Consumer<SseQueueEvent> committed) {
        this.registry = registry;
        this.committed = committed;
    }

    /** The queue of a server with Jakarta Transactions; the receiver must not throw. */
    @SuppressWarnings("BanJNDI") // a constant name
    static Optional<TransactionQueue> ofServer(Consumer<SseQueueEvent> committed) {
        try {
            var registry = (TransactionSynchronizationRegistry)
                    new InitialContext().lookup("java:comp/TransactionSynchronizationRegistry");
            return Optional.of(new TransactionQueue(registry, committed));
        } catch (NamingException | LinkageError | RuntimeException absent) {
            return Optional.empty();
        }
    }

    /** Keeps an event until this thread's transaction has committed; false if there is no transaction. */
    boolean add(SseQueueEvent event) {
        switch (registry.getTransactionStatus()) {
            case Status.STATUS_ACTIVE -> events().add(event);
            case Status.STATUS_MARKED_ROLLBACK -> {} // it will not commit
            default -> {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // put by nobody else: the key is this object
    private List<SseQueueEvent> events() {
        var events = (List<SseQueueEvent>) registry.getResource(this);
        if (events == null) {
            events = new ArrayList<>();
            registry.putResource(this, events);
            registry.registerInterposedSynchronization(new Completion(events, committed));
        }
        return events;
    }

    private record Completion(List<SseQueueEvent> events, Consumer<SseQueueEvent> committed)
            implements Synchronization {

        @Override
        public void beforeCompletion() {
            // Others may still fire
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                events.forEach(committed);
            }
        }
    }
}
