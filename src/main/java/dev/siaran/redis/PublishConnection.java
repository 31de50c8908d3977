package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.internal.broker.OncePerMinute;
import dev.siaran.internal.broker.Pending;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Sends batches over connections that it opens when needed and drops when in doubt. Used by one thread. */
final class PublishConnection implements Sending {

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    /** Answers that say "not here"; a 6.2 server wraps those of a script in text of its own. */
    private static final Pattern ELSEWHERE = Pattern.compile("\\b(MOVED|READONLY|MASTERDOWN|CLUSTERDOWN)\\b");

    /** Answers that say "not now". */
    private static final Pattern TEMPORARY =
            Pattern.compile(ELSEWHERE.pattern() + "|\\b(LOADING|TRYAGAIN|BUSY|NOREPLICAS|UNKILLABLE)\\b");

    /** How often a message may be sent on before it is left for later. */
    private static final int ROUNDS = 4;

    /** Learns of each message that is answered for good. */
    @FunctionalInterface
    interface Answers {
        void settled(Pending message, Runnable tellCaller);
    }

    private final PublishLinks links;
    private final PublishScript script;
    private final Keys keys;
    private final String canary;
    private final int shard;
    private final OncePerMinute log = new OncePerMinute(LOG, Level.WARNING);

    PublishConnection(PublishLinks links, PublishScript script, Keys keys, String canary, int shard) {
        this.links = links;
        this.script = script;
        this.keys = keys;
        this.canary = canary;
        this.shard = shard;
    }

    /**
     * Sends messages, those of a channel as one call of the script.
     *
     * @throws JedisConnectionException if not all were answered
     * @throws JedisDataException if the server asks to try again later
     */
    @Override
    public void send(List<Pending> messages, Answers answers) {
        Map<String, List<Pending>> byChannel = new LinkedHashMap<>();
        for (Pending message : messages) {
            byChannel
                    .computeIfAbsent(message.channel(), name -> new ArrayList<>())
                    .add(message);
        }
        List<PublishCall> left = new ArrayList<>();
        byChannel.forEach(
                (channel, group) -> left.add(PublishCall.of(channel, group, links.keeping(keys.log(channel)))));
        exchangeAll(left, answers);
    }

    private void exchangeAll(List<PublishCall> calls, Answers answers) {
        List<PublishCall> left = calls;
        for (int i = 0; i < ROUNDS && !left.isEmpty(); i++) {
            loadScript(left);
            left = exchange(left, answers);
        }
        if (!left.isEmpty()) {
            throw new JedisDataException("TRYAGAIN the server forgets its scripts, or sends in circles");
        }
    }

    private void loadScript(List<PublishCall> calls) {
        Set<RedisAddress> without = new LinkedHashSet<>();
        calls.stream().filter(PublishCall::withScript).forEach(call -> without.add(call.server()));
        for (RedisAddress server : without) {
            call(links.to(server), Command.SCRIPT, "LOAD".getBytes(UTF_8), script.text());
        }
    }

    /** Sends all calls, then reads as many answers. Returns those that have to be made again in another way. */
    private List<PublishCall> exchange(List<PublishCall> calls, Answers answers) {
        List<PublishCall> again = new ArrayList<>();
        JedisDataException temporary = null;
        try {
            calls.forEach(this::start);
            for (PublishCall call : calls) {
                try {
                    accept(call, answer(call), answers);
                } catch (JedisNoScriptException e) {
                    again.add(call.loading());
                } catch (JedisAskDataException e) {
                    again.add(call.asking(links.named(call.server(), e.getTargetNode())));
                } catch (JedisDataException e) {
                    temporary = isTemporary(e.getMessage()) ? e : temporary;
                    refuse(call, e, answers);
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (temporary != null) {
            if (ELSEWHERE.matcher(String.valueOf(temporary.getMessage())).find()) {
                close(); // another server is looked for before the next attempt
            }
            throw temporary;
        }
        return again;
    }

    private void start(PublishCall call) {
        Connection open = links.to(call.server());
        if (call.asking()) {
            open.sendCommand(Command.ASKING);
        }
        open.sendCommand(Command.EVALSHA, script.call(call.channel(), call.messages()));
    }

    private List<?> answer(PublishCall call) {
        Connection open = links.to(call.server());
        if (call.asking()) {
            open.getOne();
        }
        return (List<?>) open.getOne();
    }

    private void accept(PublishCall call, List<?> replies, Answers answers) {
        JedisDataException temporary = null;
        for (int i = 0; i < replies.size(); i++) {
            Pending message = call.messages().get(i);
            String reply = new String((byte[]) replies.get(i), UTF_8);
            if (!reply.startsWith("-")) {
                script.acknowledged(message, reply);
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

    private void refuse(PublishCall call, JedisDataException cause, Answers answers) {
        if (!isTemporary(cause.getMessage())) {
            call.messages().forEach(message -> fail(message, String.valueOf(cause.getMessage()), answers));
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
        Connection open = shard();
        try {
            call(open, Command.PUBLISH, canary.getBytes(UTF_8), new byte[0]);
        } catch (JedisDataException e) {
            if (isTemporary(e.getMessage())) {
                throw e;
            }
            log.log("Redis refused to publish to " + canary + ": " + e.getMessage());
        }
    }

    private Connection shard() {
        try {
            return links.proved(links.master(shard));
        } catch (JedisConnectionException e) {
            close();
            throw e;
        }
    }

    private void call(Connection open, Command command, byte[]... arguments) {
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
        return links.isOpen();
    }

    @Override
    public void close() {
        links.close();
    }
}
