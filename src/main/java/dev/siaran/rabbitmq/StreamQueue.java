package dev.siaran.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one queue that keeps the messages of all channels. One for each channel would be too many: channels come by the
 * thousand, and a stream is never deleted for want of use.
 */
record StreamQueue(RabbitSettings settings) {

    private static final long LARGEST_SEGMENT = 64L << 20;

    /** The server deletes whole segments and never the newest, so there must be a few. */
    private static final int SEGMENTS = 8;

    private static final Pattern INEQUIVALENT =
            Pattern.compile("inequivalent arg '([^']*)'.*?received (.*?),? but current is (.*)", Pattern.DOTALL);

    private static final Pattern VALUE = Pattern.compile("the value '(.*)' of type '.*'");

    /** What a server says that is not up yet. */
    private static final Pattern STARTING = Pattern.compile("down or inaccessible|does not have a replica");

    private static final String TYPE = "x-queue-type";

    Map<String, Object> arguments() {
        return Map.of(
                TYPE,
                "stream",
                "x-max-length-bytes",
                settings.historyBytes(),
                "x-max-age",
                Math.max(1, settings.historyMaxAge().toSeconds()) + "s",
                "x-stream-max-segment-size-bytes",
                Math.min(LARGEST_SEGMENT, settings.historyBytes() / SEGMENTS));
    }

    /**
     * Makes the stream if there is none.
     *
     * @throws Refusal if there is one of another kind, or it may not be made
     */
    void declare(Link link) throws IOException {
        try (Channel channel = link.channel()) {
            channel.queueDeclare(settings.stream(), true, false, false, arguments());
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            String answer = Refusal.answer(e);
            throw answer == null || STARTING.matcher(answer).find()
                    ? Refusal.broken(e)
                    : new Refusal(explain(answer, link.serverVersion()), null);
        }
    }

    private String explain(String answer, String version) {
        String queue = "queue \"" + settings.stream() + "\" (" + RabbitSettings.STREAM + ")";
        Matcher other = INEQUIVALENT.matcher(answer);
        if (other.find() && !other.group(1).equals(TYPE) && !other.group(3).startsWith("none")) {
            String key = key(other.group(1));
            return queue + " exists with other arguments: " + other.group(1) + " is " + value(other.group(3))
                    + " there and " + value(other.group(2)) + " here (" + key + "); set " + key
                    + " as it was when the queue was made, or delete the queue, or name another one";
        }
        if (answer.contains("inequivalent")) {
            return queue + " exists and is no stream, or not one of Siaran's: " + answer + "; name another one";
        }
        if (answer.startsWith("ACCESS_REFUSED")) {
            return queue + ": user \"" + settings.address().user() + "\" lacks a permission: " + answer
                    + "; see the user that suffices in Siaran's README";
        }
        return queue + " cannot be made: " + answer + "; it needs RabbitMQ 3.9 or newer (this is " + version
                + ") with streams: rabbitmqctl enable_feature_flag stream_queue";
    }

    private static String value(String text) {
        Matcher value = VALUE.matcher(text);
        return value.find() ? value.group(1) : text;
    }

    private static String key(String argument) {
        return switch (argument) {
            case "x-max-length-bytes", "x-stream-max-segment-size-bytes" -> RabbitSettings.HISTORY_BYTES;
            case "x-max-age" -> RabbitSettings.HISTORY_MAX_AGE;
            default -> RabbitSettings.STREAM;
        };
    }
}
