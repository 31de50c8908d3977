package dev.siaran.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import dev.siaran.internal.broker.Availability;
import dev.siaran.rabbitmq.RabbitAddress.Server;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a server. The client's own recovery is off: it would begin to read the stream at the wrong place.
 *
 * <p>Safe for use by many threads.
 */
final class Connector {

    private static final System.Logger LOG = System.getLogger("dev.siaran.rabbitmq");

    private final RabbitSettings settings;
    private final String name;
    private final ExecutorService reading;
    private final ThreadFactory threads;

    /** Used by the thread that connects only. It begins anywhere, so that the nodes spread over the servers. */
    private int next = ThreadLocalRandom.current().nextInt();

    /** Written by the thread that connects, read by the one that closes. */
    private volatile @Nullable Socket socket;

    private volatile boolean closed;

    /**
     * @param name the node's
     * @param reading one thread, on which all that the server sends is taken
     */
    Connector(RabbitSettings settings, String name, ExecutorService reading, ThreadFactory threads) {
        this.settings = settings;
        this.name = name;
        this.reading = reading;
        this.threads = threads;
    }

    /**
     * Tries one server after the other, beginning with the one after the last: it is the next that a node goes to when its
     * server ends, or accepts connections and is of no use otherwise.
     *
     * @throws IOException with what became of each
     */
    Link connect(Availability availability) throws IOException {
        List<Server> servers = settings.address().servers();
        ConnectionFactory factory = factory();
        Map<Server, IOException> failures = new HashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            Server server = servers.get(Math.floorMod(next++, servers.size()));
            try {
                List<Address> one = List.of(new Address(server.host(), server.port()));
                return new Link(factory.newConnection(reading, one, "siaran:" + name), availability);
            } catch (IOException | TimeoutException | RuntimeException e) {
                failures.put(server, Refusal.ofConnecting(e, settings.address()));
            }
        }
        throw Refusal.ofAll(servers, failures);
    }

    private ConnectionFactory factory() throws IOException {
        RabbitAddress address = settings.address();
        var factory = new ConnectionFactory();
        factory.setUsername(address.user());
        factory.setPassword(address.password());
        factory.setVirtualHost(address.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(settings.timeoutMillis());
        factory.setHandshakeTimeout(settings.timeoutMillis());
        factory.setChannelRpcTimeout((int) settings.patience().toMillis());
        factory.setRequestedHeartbeat(settings.heartbeatSeconds());
        // After a connection has ended, the reader may have much to take that came over it
        factory.setShutdownTimeout(settings.timeoutMillis());
        factory.setThreadFactory(threads);
        factory.setExceptionHandler(new Quiet());
        factory.setSocketConfigurator(opening -> {
            opening.setTcpNoDelay(true);
            socket = opening;
            if (closed) {
                throw new IOException("the broker is closed");
            }
        });
        if (address.tls()) {
            factory.useSslProtocol(settings.tls().context());
            factory.enableHostnameVerification(); // adds to the configurator of above, which would replace it
        }
        return factory;
    }

    /** Cuts a connection that is being made, or is there; there is no further one. */
    void close() {
        closed = true;
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a connection did not close", e);
            }
        }
    }

    /** What breaks a connection is told once, by whoever made it. */
    private static final class Quiet extends DefaultExceptionHandler {

        @Override
        public void handleUnexpectedConnectionDriverException(Connection connection, Throwable exception) {
            LOG.log(Level.DEBUG, "the connection to RabbitMQ broke", exception);
        }
    }
}
