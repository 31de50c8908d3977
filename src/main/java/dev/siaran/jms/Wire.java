package dev.siaran.jms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.internal.broker.Pending;
import dev.siaran.spi.Message;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Optional;

/**
 * The form of what is on the topic: a text message with the data, and the rest as properties. A beat has no channel, and its
 * text is empty.
 */
final class Wire {

    static final String CHANNEL = "siaran_channel";
    static final String EVENT = "siaran_event";
    static final String PUBLISHER = "siaran_publisher";
    static final String SEQUENCE = "siaran_sequence";
    static final String BEAT = "siaran_beat";

    private Wire() {}

    /** What a node has sent, as another hears it. */
    sealed interface Heard {

        /** The name of the node, new with each start. */
        String publisher();

        /** Of an event its own number; of a beat the number of the last event that the server has accepted. */
        long sequence();
    }

    /** An event. */
    record Event(String publisher, long sequence, Message message) implements Heard {}

    /** A sign of life, with a number of its own. */
    record Beat(String publisher, long sequence, long number) implements Heard {}

    static TextMessage event(Session session, String publisher, long sequence, Pending event) throws JMSException {
        TextMessage message = session.createTextMessage(new String(event.data(), UTF_8));
        sign(message, publisher, sequence);
        message.setStringProperty(CHANNEL, event.channel());
        byte[] type = event.event();
        if (type != null) {
            message.setStringProperty(EVENT, new String(type, UTF_8));
        }
        return message;
    }

    static TextMessage beat(Session session, String publisher, long sequence, long number) throws JMSException {
        TextMessage message = session.createTextMessage("");
        sign(message, publisher, sequence);
        message.setLongProperty(BEAT, number);
        return message;
    }

    private static void sign(TextMessage message, String publisher, long sequence) throws JMSException {
        message.setStringProperty(PUBLISHER, publisher);
        message.setLongProperty(SEQUENCE, sequence);
    }

    /** Empty for a message that is not in the form: anybody who may send to the topic can send anything. */
    static Optional<Heard> read(jakarta.jms.Message message) throws JMSException {
        if (!(message instanceof TextMessage text)
                || !(message.getObjectProperty(PUBLISHER) instanceof String publisher)
                || !(message.getObjectProperty(SEQUENCE) instanceof Long sequence)) {
            return Optional.empty();
        }
        if (message.getObjectProperty(BEAT) instanceof Long beat) {
            return Optional.of(new Beat(publisher, sequence, beat));
        }
        Object event = message.getObjectProperty(EVENT);
        String data = text.getText();
        if (!(message.getObjectProperty(CHANNEL) instanceof String channel)
                || channel.isEmpty()
                || !(event == null || event instanceof String)
                || data == null) {
            return Optional.empty();
        }
        return Optional.of(new Event(publisher, sequence, new Message(channel, (String) event, data)));
    }
}
