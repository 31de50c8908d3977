package dev.siaran.it.app;

import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;

/** Fires inside of transactions. */
@Path("/transaction/{channel}")
@RequestScoped
public class TransactionResource {

    @Inject
    Event<SseQueueEvent> queue;

    @Inject
    TransactionalBean bean;

    @PathParam("channel")
    String channel;

    /** Commits by {@code @Transactional}. */
    @POST
    @Path("/commit")
    public void commit(String data) {
        bean.fire(channel, data);
    }

    /** Rolls back by {@code @Transactional}. */
    @POST
    @Path("/rollback")
    public void rollback(String data) {
        try {
            bean.fireAndFail(channel, data);
        } catch (IllegalStateException expected) {
            // the transaction is rolled back
        }
    }

    /** Fires twice in one transaction, ends another one in between, and commits. */
    @POST
    @Path("/order")
    public void order(String data) throws Exception {
        UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
        transaction.begin();
        queue.fire(SseQueueEvent.of(channel, null, data + "-outer-1"));
        bean.fireInNewTransaction(channel, data + "-inner");
        queue.fire(SseQueueEvent.of(channel, null, data + "-outer-2"));
        transaction.commit();
    }

    /** Fires asynchronously inside of a transaction, which rolls back. */
    @POST
    @Path("/async")
    public void async(String data) throws Exception {
        UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
        transaction.begin();
        queue.fireAsync(SseQueueEvent.of(channel, null, data))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        transaction.rollback();
    }
}
