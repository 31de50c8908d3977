package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Sends with nothing but PUBLISH. The server keeps no record of that, so a message whose answer was lost is not sent again:
 * its publisher is told that nobody knows. Used by one thread.
 */
final class PubSubSender implements Sending {

    /** The id of what the server numbers not. */
    private static final String NO_ID = "";

    /** After so long without an answer the connection may be broken, which no message shall find out. */
    private static final long TRUSTED = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<Connection> opener;
    private final byte[] canary;
    private final OncePerMinute log = new OncePerMinute(Level.WARNING);

    private @Nullable Connection connection;
    private long lastAnswer;

    PubSubSender(Supplier<Connection> opener, String canary) {
        this.opener = opener;
        this.canary = canary.getBytes(UTF_8);
    }

    /** @throws JedisConnectionException if there is no connection, in which case nothing has been sent */
    @Override
    public void send(List<Pending> messages, PublishConnection.Answers answers) {
        Connection open = open();
        if (System.nanoTime() - lastAnswer > TRUSTED) {
            canary();
        }
        int answered = 0;
        try {
            for (Pending message : messages) {
                open.sendCommand(Command.PUBLISH, message.channel().getBytes(UTF_8), message.data());
            }
            for (Pending message : messages) {
                answer(open, message, answers);
                answered++;
            }
            lastAnswer = System.nanoTime();
        } catch (RuntimeException e) {
            close();
            for (Pending message : messages.subList(answered, messages.size())) {
                fail(message, "the connection broke before Redis answered: it may have been sent or not", answers);
            }
            throw e;
        }
    }

    private void answer(Connection open, Pending message, PublishConnection.Answers answers) {
        try {
            open.getOne();
            answers.settled(message, () -> message.result().complete(NO_ID));
        } catch (JedisDataException e) {
            fail(message, "Redis refused PUBLISH: " + e.getMessage(), answers);
        }
    }

    private void fail(Pending message, String reason, PublishConnection.Answers answers) {
        String text = message.channel() + ": " + reason;
        log.log(text);
        answers.settled(message, () -> message.result().completeExceptionally(new IllegalStateException(text)));
    }

    @Override
    public void canary() {
        Connection open = open();
        try {
            open.sendCommand(Command.PUBLISH, canary, new byte[0]);
            open.getOne();
            lastAnswer = System.nanoTime();
        } catch (JedisDataException e) {
            log.log("Redis refused to publish to " + new String(canary, UTF_8) + ": " + e.getMessage());
        } catch (JedisConnectionException e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean isOpen() {
        return connection != null;
    }

    private Connection open() {
        Connection open = connection;
        if (open == null) {
            open = opener.get();
            connection = open;
            lastAnswer = System.nanoTime();
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (JedisConnectionException e) {
                // It was broken before.
            }
        }
    }
}
