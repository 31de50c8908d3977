package dev.siaran.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that listens to the topic: all that the server accepts from the constructor's return on. Used by one thread. */
final class Incoming implements AutoCloseable {

    private static final Logger LOG = System.getLogger("dev.siaran.jms");

    private final Connection connection;
    private final MessageConsumer consumer;

    /** @throws JMSException if there is no server */
    Incoming(JmsResources resources) throws JMSException {
        this.connection = resources.factory().createConnection();
        try {
            // Whether a message has come before is told by its number, so acknowledging may be lazy.
            Session session = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
            this.consumer = session.createConsumer(resources.topic());
            connection.start();
        } catch (JMSException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Waits for the next message; null when the time is over. */
    @Nullable
    Message receive(Duration wait) throws JMSException {
        return consumer.receive(wait.toMillis());
    }

    @Override
    public void close() {
        close(connection);
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (JMSException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection was broken when it was closed", e);
        }
    }
}
