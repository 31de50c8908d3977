package dev.siaran.internal.http;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;

/**
 * The beans that one web application sees. Which those are a server may tell by the whole stack of the caller (Payara, where it was a sixth of
 * what a stream cost to open); so whoever serves many requests asks once.
 *
 * <p>Safe for use by many threads.
 */
public final class Beans {

    private final Instance<Object> all;
    private final SseServer server;

    private Beans(Instance<Object> all) {
        this.all = all;
        this.server = all.select(SseServer.class).get();
    }

    /** Those of the application that this thread works for. */
    public static Beans current() {
        ServletExchange exchange = ServletExchange.current();
        return exchange == null ? ofCaller() : exchange.beans();
    }

    /** The same, looked up anew. */
    static Beans ofCaller() {
        return new Beans(CDI.current().getBeanManager().createInstance());
    }

    /** What stands behind the streams of the application. */
    SseServer server() {
        return server;
    }

    /** All of a type. */
    public <T> Iterable<? extends Instance.Handle<T>> all(Class<T> type) {
        return all.select(type, Any.Literal.INSTANCE).handles();
    }
}
