package dev.siaran.internal.cdi;

import dev.siaran.SseAccess;
import dev.siaran.SseQueue;
import dev.siaran.internal.http.SseServer;
import dev.siaran.internal.hub.Hub;
import dev.siaran.spi.Broker;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The application's node: starts with it, stops with it, and hands out its parts. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by CDI
public class Node {

    @Inject
    private SiaranExtension extension;

    private Broker broker;
    private SseServer server;
    private SseQueue queue;

    /** For CDI. */
    public Node() {}

    @PostConstruct
    void start() {
        NodeConfig config = extension.config();
        broker = config.broker().get();
        server = new SseServer(config.siaran(), new Hub(config.siaran(), broker, System::nanoTime));
        queue = new BrokerQueue(broker, server, config.siaran());
    }

    /** Starts the node with the application, not with its first event. */
    void onStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
        server();
    }

    @PreDestroy
    void stop() {
        server.close();
        broker.close();
    }

    @Produces
    @Singleton
    SseServer server() {
        return server;
    }

    @Produces
    @ApplicationScoped
    SseAccess access() {
        return new NodeAccess(server.leases());
    }

    @Produces
    @ApplicationScoped
    SseQueue queue() {
        return queue;
    }
}
