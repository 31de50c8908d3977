package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The script {@code publish.lua}, and how it is called. */
final class PublishScript {

    private static final byte[] NOTHING = {};
    private static final byte[] YES = {'1'};
    private static final byte[] NO = {'0'};

    private final byte[] text;
    private final byte[] digest;
    private final Keys keys;
    private final List<byte[]> fixed;

    PublishScript(RedisSettings settings, String publisher) {
        this.text = read();
        this.digest = sha1(text);
        this.keys = new Keys(settings.prefix());
        this.fixed = List.of(
                ascii(settings.history()),
                ascii(settings.historyTtl().toMillis()),
                publisher.getBytes(UTF_8),
                ascii(settings.historyMaxAge().toMillis()));
    }

    byte[] text() {
        return text;
    }

    /** The arguments of EVALSHA that publish messages of one channel. */
    byte[][] call(String channel, List<Pending> messages) {
        byte[] log = keys.log(channel).getBytes(UTF_8);
        List<byte[]> args = new ArrayList<>(9 + 4 * messages.size());
        args.addAll(List.of(digest, ascii(2), log, keys.sequences(channel).getBytes(UTF_8), log));
        args.addAll(fixed);
        for (Pending message : messages) {
            byte[] event = message.event();
            args.add(ascii(message.sequence()));
            args.add(event == null ? NO : YES);
            args.add(event == null ? NOTHING : event);
            args.add(message.data());
        }
        return args.toArray(new byte[0][]);
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
