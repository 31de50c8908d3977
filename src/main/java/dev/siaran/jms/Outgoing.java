package dev.siaran.jms;

import dev.siaran.internal.broker.Pending;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

/** A connection to send. Used by one thread. */
final class Outgoing implements AutoCloseable {

    private final String publisher;
    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;

    /** @throws JMSException if there is no server */
    Outgoing(JmsResources resources, String publisher) throws JMSException {
        this.publisher = publisher;
        this.connection = resources.factory().createConnection();
        try {
            this.session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            this.producer = session.createProducer(resources.topic());
            // Not to survive the server: no subscription does. Only of a persistent message do servers say that they
            // have it.
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producer.setDisableMessageTimestamp(true);
        } catch (JMSException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Returns once the server has the event; if it throws, that may have it or not. */
    void send(long sequence, Pending event) throws JMSException {
        producer.send(Wire.event(session, publisher, sequence, event));
    }

    void beat(long sequence, long number) throws JMSException {
        producer.send(Wire.beat(session, publisher, sequence, number));
    }

    @Override
    public void close() {
        Incoming.close(connection);
    }
}
