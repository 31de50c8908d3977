package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Sends batches over a connection that it opens when needed and drops when in doubt. Used by one thread. */
final class PublishConnection implements Sending {

    /** Answers that say "not now"; a 6.2 server wraps those of a script in text of its own. */
    private static final Pattern TEMPORARY =
            Pattern.compile("\\b(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS|UNKILLABLE)\\b");

    /** Learns of each message that is answered for good. */
    @FunctionalInterface
    interface Answers {
        void settled(Pending message, Runnable tellCaller);
    }

    private record Group(String channel, List<Pending> messages) {}

    private final Supplier<Connection> opener;
    private final PublishScript script;
    private final Keys keys;
    private final String canary;
    private final OncePerMinute log = new OncePerMinute(Level.WARNING);
    private @Nullable Connection connection;

    PublishConnection(Supplier<Connection> opener, PublishScript script, Keys keys, String canary) {
        this.opener = opener;
        this.script = script;
        this.keys = keys;
        this.canary = canary;
    }

    /**
     * Sends messages, those of a channel as one call of the script.
     *
     * @throws JedisConnectionException if not all were answered
     * @throws JedisDataException if the server asks to try again later
     */
    @Override
    public void send(List<Pending> messages, Answers answers) {
        Map<String, Group> byChannel = new LinkedHashMap<>();
        for (Pending message : messages) {
            byChannel
                    .computeIfAbsent(message.channel(), name -> new Group(name, new ArrayList<>()))
                    .messages()
                    .add(message);
        }
        List<Group> unknown = exchange(List.copyOf(byChannel.values()), answers);
        if (!unknown.isEmpty()) {
            call(Command.SCRIPT, "LOAD".getBytes(UTF_8), script.text());
            if (!exchange(unknown, answers).isEmpty()) {
                throw new JedisDataException("the server forgets its scripts");
            }
        }
    }

    /** Sends one call for each group, then reads as many answers. Returns the groups that met no script. */
    private List<Group> exchange(List<Group> groups, Answers answers) {
        List<Group> unknown = new ArrayList<>();
        JedisDataException temporary = null;
        try {
            Connection open = open();
            for (Group group : groups) {
                open.sendCommand(Command.EVALSHA, script.call(group.channel(), group.messages()));
            }
            for (Group group : groups) {
                try {
                    accept(group, (List<?>) open.getOne(), answers);
                } catch (JedisNoScriptException e) {
                    unknown.add(group);
                } catch (JedisDataException e) {
                    temporary = isTemporary(e.getMessage()) ? e : temporary;
                    refuse(group, e, answers);
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (temporary != null) {
            throw temporary;
        }
        return unknown;
    }

    private void accept(Group group, List<?> replies, Answers answers) {
        JedisDataException temporary = null;
        for (int i = 0; i < replies.size(); i++) {
            Pending message = group.messages().get(i);
            String reply = new String((byte[]) replies.get(i), UTF_8);
            if (!reply.startsWith("-")) {
                answers.settled(message, () -> message.result().complete(reply));
            } else if (isTemporary(reply)) {
                temporary = new JedisDataException(reply.substring(1));
            } else {
                fail(message, reply.substring(1), answers);
            }
        }
        if (temporary != null) {
            throw temporary;
        }
    }

    private void refuse(Group group, JedisDataException cause, Answers answers) {
        if (!isTemporary(cause.getMessage())) {
            group.messages().forEach(message -> fail(message, String.valueOf(cause.getMessage()), answers));
        }
    }

    private void fail(Pending message, String reason, Answers answers) {
        String text =
                message.channel() + ": Redis refused to publish to " + keys.log(message.channel()) + ": " + reason;
        log.log(text);
        answers.settled(message, () -> message.result().completeExceptionally(new IllegalStateException(text)));
    }

    private static boolean isTemporary(@Nullable String answer) {
        return answer != null && TEMPORARY.matcher(answer).find();
    }

    @Override
    public void canary() {
        open();
        try {
            call(Command.PUBLISH, canary.getBytes(UTF_8), new byte[0]);
        } catch (JedisDataException e) {
            if (isTemporary(e.getMessage())) {
                throw e;
            }
            log.log("Redis refused to publish to " + canary + ": " + e.getMessage());
        }
    }

    private void call(Command command, byte[]... arguments) {
        Connection open = open();
        try {
            open.sendCommand(command, arguments);
            open.getOne();
        } catch (JedisDataException e) {
            throw e;
        } catch (RuntimeException e) {
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
