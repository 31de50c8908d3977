package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.internal.broker.OncePerMinute;
import dev.siaran.internal.broker.Pending;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    /** The id of what the server numbers not. */
    private static final String NO_ID = "";

    /** After so long without an answer the connection may be broken, which no message shall find out. */
    private static final long TRUSTED = TimeUnit.MILLISECONDS.toNanos(100);

    private final PublishLinks links;
    private final String place;
    private final byte[] canary;
    private final OncePerMinute log = new OncePerMinute(LOG, Level.WARNING);

    /** The one to which all goes, for as long as the connection is open. */
    private @Nullable RedisAddress server;

    private long lastAnswer;

    /** @param place a key; whoever keeps it is the server */
    PubSubSender(PublishLinks links, String place, String canary) {
        this.links = links;
        this.place = place;
        this.canary = canary.getBytes(UTF_8);
    }

    /** @throws JedisConnectionException if there is no connection, in which case nothing has been sent */
    @Override
    public void send(List<Pending> messages, PublishConnection.Answers answers) {
        if (!links.isOpen() || System.nanoTime() - lastAnswer > TRUSTED) {
            canary();
        }
        Connection open = links.to(server());
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
        } catch (RuntimeException | Error e) {
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
        try {
            Connection open = links.proved(server());
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
        return links.isOpen();
    }

    private RedisAddress server() {
        RedisAddress chosen = server;
        if (chosen == null || !links.isOpen()) {
            chosen = links.keeping(place);
            server = chosen;
        }
        return chosen;
    }

    @Override
    public void close() {
        links.close();
    }
}
