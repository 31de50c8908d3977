package dev.siaran.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.internal.wire.NastyText;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.junit.jupiter.api.Test;

/** Another program puts whatever it likes on the topic. */
class JmsGarbageTest {

    private static final int TEXTS = 300;
    private static final String CHANNEL = "news";

    @Test
    void garbageOnTheTopicTakesNothingFromWhoFollowsAChannel() throws Exception {
        try (MessagingServer server = MessagingServer.start();
                Broker broker = MessagingServer.node(server.resources());
                Connection connection = server.factory().createConnection()) {
            // given
            var receiver = new Receiver();
            broker.subscribe(CHANNEL, receiver);
            receiver.awaitLive();
            Session session = connection.createSession();
            MessageProducer topic = session.createProducer(server.resources().topic());

            // when
            List<String> texts = NastyText.corpus(TEXTS);
            for (int i = 0; i < TEXTS; i++) {
                String text = texts.get(i);
                sendTexts(session, topic, text, i);
                sendOthers(session, topic, text, i);
                broker.publish(new Message(CHANNEL, "e", String.valueOf(i)));
            }

            // then
            assertEquals(IntStream.range(0, TEXTS).mapToObj(String::valueOf).toList(), receiver.data(TEXTS));
            receiver.assertNothingMore();
        }
    }

    /** The client library says the same as of a connection that breaks. */
    @Test
    void aMessageThatTheClientLibraryCannotReadIsALossThatIsTold() throws Exception {
        try (MessagingServer server = MessagingServer.start();
                Broker broker = MessagingServer.node(server.resources());
                Connection connection = server.factory().createConnection()) {
            // given
            var receiver = new Receiver();
            broker.subscribe(CHANNEL, receiver);
            receiver.awaitLive();
            Await.value(broker.publish(new Message(CHANNEL, "e", "before")));

            // when
            sendBroken(connection.createSession());

            // then
            assertEquals(List.of("before", Receiver.LOST), receiver.data(2));
            Await.value(broker.publish(new Message(CHANNEL, "e", "after")));
            assertEquals(List.of("after"), receiver.data(1));
            receiver.assertNothingMore();
        }
    }

    /** Signed by a node that there is not. */
    private static void sendTexts(Session session, MessageProducer topic, String text, int number) throws JMSException {
        TextMessage message = session.createTextMessage(number % 3 == 0 ? null : text);
        message.setStringProperty(Wire.PUBLISHER, text + number);
        message.setLongProperty(Wire.SEQUENCE, number % 2 == 0 ? Long.MAX_VALUE - number : number);
        if (number % 3 == 0) {
            message.setStringProperty(Wire.CHANNEL, CHANNEL);
        } else {
            message.setObjectProperty(Wire.CHANNEL, number % 3 == 1 ? (Object) number : "x" + text);
        }
        if (number % 5 == 0) {
            message.setLongProperty(Wire.BEAT, Long.MIN_VALUE);
        }
        if (number % 5 == 1) {
            message.setBooleanProperty(Wire.EVENT, true);
        }
        topic.send(message);
    }

    private static void sendOthers(Session session, MessageProducer topic, String text, int number)
            throws JMSException {
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeInt(number);
        topic.send(bytes);
        MapMessage map = session.createMapMessage();
        map.setString("key", text);
        map.setStringProperty(Wire.CHANNEL, CHANNEL);
        topic.send(map);
        topic.send(session.createObjectMessage(text));
        topic.send(session.createMessage());
    }

    /** A text message by its type, whose text is longer than the message. */
    private static void sendBroken(Session session) throws Exception {
        ClientSession core = ((ActiveMQSession) session).getCoreSession();
        ClientMessage broken = core.createMessage(org.apache.activemq.artemis.api.core.Message.TEXT_TYPE, false);
        broken.getBodyBuffer().writeByte((byte) 1);
        broken.getBodyBuffer().writeInt(1_000_000);
        core.createProducer("siaran").send(broken);
    }
}
