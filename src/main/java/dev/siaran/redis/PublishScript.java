package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.internal.broker.Pending;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The script {@code publish.lua}, and how it is called. Used by one thread. */
final class PublishScript {

    private static final byte[] NOTHING = {};
    private static final byte[] YES = {'1'};
    private static final byte[] NO = {'0'};

    private final byte[] text;
    private final byte[] digest;
    private final Keys keys;
    private final List<byte[]> fixed;
    private final Acknowledged acknowledged;

    PublishScript(RedisSettings settings, String publisher) {
        this.text = read();
        this.digest = sha1(text);
        this.keys = new Keys(settings.prefix());
        boolean cluster = settings.deployment().kind() == Deployment.Kind.CLUSTER;
        this.fixed = List.of(
                ascii(settings.history()),
                ascii(settings.historyTtl().toMillis()),
                publisher.getBytes(UTF_8),
                cluster ? YES : NO,
                ascii(settings.historyMaxAge().toMillis()));
        this.acknowledged = new Acknowledged(settings.historyTtl(), Clock.systemUTC());
    }

    byte[] text() {
        return text;
    }

    /** The arguments of EVALSHA that publish messages of one channel. */
    byte[][] call(String channel, List<Pending> messages) {
        byte[] log = keys.log(channel).getBytes(UTF_8);
        List<byte[]> args = new ArrayList<>(12 + 4 * messages.size());
        args.addAll(List.of(digest, ascii(2), log, keys.sequences(channel).getBytes(UTF_8), log));
        args.addAll(fixed);
        Acknowledged.Last last = acknowledged.of(channel);
        args.addAll(List.of(ascii(last.sequence()), last.id().getBytes(US_ASCII)));
        for (Pending message : messages) {
            byte[] event = message.event();
            args.add(ascii(message.sequence()));
            args.add(event == null ? NO : YES);
            args.add(event == null ? NOTHING : event);
            args.add(message.data());
        }
        return args.toArray(new byte[0][]);
    }

    /** A message has its id: the server must not forget it. */
    void acknowledged(Pending message, String id) {
        acknowledged.put(message, id);
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }

    private static byte[] read() {
        try (InputStream in = PublishScript.class.getResourceAsStream("publish.lua")) {
            if (in == null) {
                throw new IllegalStateException("publish.lua is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name that Redis gives a script, not a matter of security. */
    private static byte[] sha1(byte[] text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text);
            return HexFormat.of().formatHex(hash).getBytes(US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
