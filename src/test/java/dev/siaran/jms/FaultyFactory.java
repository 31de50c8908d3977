package dev.siaran.jms;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection factory between a broker and a real server, with the faults of a network. */
final class FaultyFactory {

    /** What becomes of an event that is sent. */
    interface SendFault {
        void before(Message message) throws JMSException;

        void after(Message message) throws JMSException;
    }

    private static final Set<Class<?>> WRAPPED = Set.of(
            ConnectionFactory.class, Connection.class, Session.class, MessageProducer.class, MessageConsumer.class);

    private final ConnectionFactory real;
    private final AtomicInteger connections = new AtomicInteger();

    /** The connections up to this one receive nothing any more. */
    private volatile int deafUpTo;

    private volatile JMSException refusal;

    private volatile SendFault fault = new SendFault() {
        @Override
        public void before(Message message) {}

        @Override
        public void after(Message message) {}
    };

    FaultyFactory(ConnectionFactory real) {
        this.real = real;
    }

    ConnectionFactory factory() {
        return wrap(real, ConnectionFactory.class, 0);
    }

    int connections() {
        return connections.get();
    }

    /** Open connections stay open, and bring nothing. */
    void deafenOpenConnections() {
        deafUpTo = connections.get();
    }

    void refuseConnections(JMSException why) {
        refusal = why;
    }

    void onEvents(SendFault what) {
        fault = what;
    }

    /** The server takes this many events, and the way back is cut. */
    void loseAnswers(int count) {
        var left = new AtomicInteger(count);
        onEvents(new SendFault() {
            @Override
            public void before(Message message) {}

            @Override
            public void after(Message message) throws JMSException {
                if (left.getAndDecrement() > 0) {
                    throw new JMSException("the answer was lost");
                }
            }
        });
    }

    /** Each event with this text fails like that, and has not been sent. */
    void failOn(String text, JMSException how) {
        onEvents(new SendFault() {
            @Override
            public void before(Message message) throws JMSException {
                if (message.getBody(String.class).equals(text)) {
                    throw how;
                }
            }

            @Override
            public void after(Message message) {}
        });
    }

    private <T> T wrap(T target, Class<T> type, int connection) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            JMSException refused = refusal;
            if (method.getName().equals("createConnection") && refused != null) {
                throw refused;
            }
            if (method.getName().equals("receive") && connection <= deafUpTo) {
                invoke(target, method, args);
                return null;
            }
            boolean event = method.getName().equals("send") && ((Message) args[0]).propertyExists(Wire.CHANNEL);
            if (event) {
                fault.before((Message) args[0]);
            }
            Object result = invoke(target, method, args);
            if (event) {
                fault.after((Message) args[0]);
            }
            return wrapped(result, method, connection);
        }));
    }

    @SuppressWarnings("unchecked")
    private Object wrapped(Object result, Method method, int connection) {
        if (!WRAPPED.contains(method.getReturnType())) {
            return result;
        }
        int number = result instanceof Connection ? connections.incrementAndGet() : connection;
        return wrap(result, (Class<Object>) method.getReturnType(), number);
    }

    private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
