package dev.siaran.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is lost where nothing keeps it, and that it is told; what is not. Every test has a server of its own. */
class JmsFaultTest {

    private static final String CHANNEL = "news";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private MessagingServer server;
    private FaultyFactory faulty;

    @BeforeEach
    void start() throws Exception {
        server = closing(MessagingServer.start());
        faulty = new FaultyFactory(server.factory());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    private Broker node() {
        return closing(MessagingServer.node(server.resources()));
    }

    /** A node whose connections have the faults that a test wants. */
    private Broker faultyNode() {
        return closing(MessagingServer.node(MessagingServer.resources(faulty.factory()), 100));
    }

    private static Receiver receive(Broker broker) throws Exception {
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);
        receiver.awaitLive();
        return receiver;
    }

    private static CompletionStage<String> send(Broker broker, String data) {
        return broker.publish(new Message(CHANNEL, "event", data));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    @Test
    void whileTheServerIsAwayPublishingWaitsAndEachSubscriberIsToldOfALoss() throws Exception {
        // given
        Broker a = node();
        Broker b = faultyNode();
        Receiver atA = receive(a);
        Receiver atB = receive(b);
        Await.value(send(a, "before"));
        assertEquals(List.of("before"), atA.data(1));
        assertEquals(List.of("before"), atB.data(1));
        LogLines log = closing(new LogLines());

        // when
        server.stop();
        Await.until("it is noticed", () -> log.of(Level.WARNING).size() == 2);
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (String number : numbers(100)) {
            sent.add(send(b, number));
        }
        String failure = Await.failure(send(b, "too many"));
        server.restart();

        // then: what waited goes out once all listen again
        assertTrue(failure.contains("siaran.publish-buffer is 100"), failure);
        for (CompletionStage<String> stage : sent) {
            Await.value(stage);
        }
        List<String> expected = new ArrayList<>(List.of(Receiver.LOST));
        expected.addAll(numbers(100));
        assertEquals(expected, atA.data(101));
        assertEquals(expected, atB.data(101));
        atA.assertNothingMore();
        atB.assertNothingMore();
        assertEquals(2, log.of(Level.WARNING).size(), log.all()::toString);
        assertTrue(log.of(Level.WARNING).get(0).contains("siaran.jms.connection-factory"), log.all()::toString);
    }

    @Test
    void aNodeThatStartsWithoutAServerBeginsWhenItAppears() throws Exception {
        // given
        server.stop();
        Broker broker = node();
        var receiver = new Receiver();
        broker.subscribe(CHANNEL, receiver);
        CompletionStage<String> early = send(broker, "early");

        // when
        server.restart();

        // then: who has subscribed meanwhile has all that goes out from then on
        Await.value(early);
        receiver.awaitLive();
        assertEquals(List.of("early"), receiver.data(1));
    }

    @Test
    void anEventWhoseAnswerWasLostIsSentAgainAndArrivesOnce() throws Exception {
        // given
        Receiver elsewhere = receive(node());
        Broker broker = faultyNode();
        Receiver receiver = receive(broker);

        // when
        faulty.loseAnswers(3);
        Await.value(send(broker, "once"));
        Await.value(send(broker, "after"));

        // then
        assertEquals(List.of("once", "after"), receiver.data(2));
        assertEquals(List.of("once", "after"), elsewhere.data(2));
        receiver.assertNothingMore();
        elsewhere.assertNothingMore();
    }

    @Test
    void aListenerThatHearsNothingThoughItsConnectionIsOpenIsReplaced() throws Exception {
        // given
        Broker broker = faultyNode();
        Receiver receiver = receive(broker);

        // when
        faulty.deafenOpenConnections();

        // then
        assertEquals(List.of(Receiver.LOST), receiver.data(1));
        Await.value(send(broker, "after"));
        assertEquals(List.of("after"), receiver.data(1));
    }

    @Test
    void anEventThatTheServerRefusesFailsAndLeavesNoHole() throws Exception {
        // given
        Broker broker = faultyNode();
        Receiver receiver = receive(broker);
        faulty.failOn("refused", new ResourceAllocationException("no room for it"));

        // when
        Await.value(send(broker, "before"));
        String failure = Await.failure(send(broker, "refused"));
        Await.value(send(broker, "after"));

        // then
        assertEquals("news: an event was not published: the server refused it: no room for it", failure);
        assertEquals(List.of("before", "after"), receiver.data(2));
        receiver.assertNothingMore();
    }

    @Test
    void anEventThatBreaksEveryConnectionIsGivenUpAndThoseBehindItGoOut() throws Exception {
        // given
        Broker broker = faultyNode();
        Receiver receiver = receive(broker);
        Await.value(send(broker, "before"));
        faulty.failOn("poison", new JMSException("the connection is broken"));

        // when
        CompletionStage<String> poison = send(broker, "poison");
        CompletionStage<String> behind = send(broker, "behind");

        // then: its number is not used again, so that it counts as lost
        assertTrue(Await.failure(poison).contains("broke 5 times when it was sent"), () -> "another failure");
        Await.value(behind);
        assertEquals(List.of("before", Receiver.LOST, "behind"), receiver.data(3));
    }

    @Test
    void aMessageThatIsNoneOfOursIsSkippedAndReported() throws Exception {
        // given
        Broker broker = node();
        Receiver receiver = receive(broker);
        LogLines log = closing(new LogLines());

        // when
        try (Connection connection = server.factory().createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(server.resources().topic());
            producer.send(session.createMessage());
            producer.send(session.createObjectMessage("an object"));
            producer.send(session.createTextMessage("only text"));
            producer.send(foreign(session, "news", "one", "text"));
            producer.send(foreign(session, "", 1L, "text"));
            producer.send(foreign(session, 5, 1L, "text"));
            producer.send(foreign(session, "news", 1L, null));
        }
        Await.value(send(broker, "after"));

        // then
        assertEquals(List.of("after"), receiver.data(1));
        receiver.assertNothingMore();
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        assertTrue(log.all().get(0).contains("the topic the topic"), log.all()::toString);
    }

    private static TextMessage foreign(Session session, Object channel, Object sequence, String text)
            throws JMSException {
        TextMessage message = session.createTextMessage(text);
        message.setStringProperty(Wire.PUBLISHER, "stranger");
        message.setObjectProperty(Wire.SEQUENCE, sequence);
        message.setObjectProperty(Wire.CHANNEL, channel);
        return message;
    }

    @Test
    void aHoleInTheNumbersOfANodeIsALoss() throws Exception {
        // given
        Receiver receiver = receive(node());

        // when
        try (Connection connection = server.factory().createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(server.resources().topic());
            for (long sequence : new long[] {7, 8, 8, 7, 10}) {
                producer.send(foreign(session, CHANNEL, sequence, "m" + sequence));
            }
            producer.send(Wire.beat(session, "stranger", 10, 1));
            producer.send(Wire.beat(session, "stranger", 11, 2));
        }

        // then
        assertEquals(List.of("m7", "m8", Receiver.LOST, "m10", Receiver.LOST), receiver.data(5));
        receiver.assertNothingMore();
    }

    @Test
    void aRefusedLoginIsOneWarningWithTheServersAnswer() throws Exception {
        // given
        LogLines log = closing(new LogLines());
        faulty.refuseConnections(new JMSSecurityException("user siaran is unknown"));

        // when
        Broker broker = faultyNode();
        Await.until("it is reported", () -> !log.of(Level.WARNING).isEmpty());
        faulty.refuseConnections(null);
        Await.value(send(broker, "x"));

        // then
        assertEquals(1, log.of(Level.WARNING).size(), log.all()::toString);
        String line = log.of(Level.WARNING).get(0);
        assertTrue(line.contains("the factory") && line.contains("user siaran is unknown"), line);
    }
}
