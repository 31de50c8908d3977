package dev.siaran.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.siaran.internal.broker.Pending;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The channel that messages are sent on. The server confirms each; but only a refusal is of use, because what it has accepted
 * comes back through the stream.
 *
 * <p>One thread sends; the connection's takes the confirmations.
 */
final class PublishChannel {

    private static final Pattern TOO_LARGE = Pattern.compile("message size.*larger than.*max size '?([0-9]{1,18})");

    private final Link link;
    private final Channel channel;
    private final String stream;
    private final String node;
    private final InFlight inFlight;

    /** The numbers of the messages that are not confirmed, by the tag that the channel gave them. */
    private final ConcurrentNavigableMap<Long, Long> unconfirmed = new ConcurrentSkipListMap<>();

    private PublishChannel(Link link, Channel channel, String stream, String node, InFlight inFlight) {
        this.link = link;
        this.channel = channel;
        this.stream = stream;
        this.node = node;
        this.inFlight = inFlight;
    }

    static PublishChannel open(Link link, RabbitSettings settings, String node, InFlight inFlight) throws IOException {
        try {
            Channel channel = link.lastingChannel();
            var opened = new PublishChannel(link, channel, settings.stream(), node, inFlight);
            channel.addConfirmListener(opened::confirmed, (tag, multiple) -> opened.refused(tag, multiple, settings));
            // A stream that was deleted is made again by the next connection, over which all that was not seen is sent
            // again
            channel.addReturnListener(
                    returned -> link.breakWith(new IOException("the stream \"" + settings.stream() + "\" is gone")));
            channel.addShutdownListener(cause -> opened.ended(cause, settings));
            channel.confirmSelect();
            return opened;
        } catch (ShutdownSignalException e) {
            throw Refusal.broken(e);
        }
    }

    /** An event that is too large ends the channel. Sent again, it would end the next one, and hold up all others for ever. */
    private void ended(ShutdownSignalException cause, RabbitSettings settings) {
        String answer = Refusal.answer(cause);
        Matcher tooLarge = TOO_LARGE.matcher(answer == null ? "" : answer);
        if (tooLarge.find()) {
            inFlight.failLarger(Long.parseLong(tooLarge.group(1)), settings.where() + " refused the event: " + answer);
        }
    }

    boolean isOver(Link other) {
        return link == other;
    }

    void send(Pending message) throws IOException {
        unconfirmed.put(channel.getNextPublishSeqNo(), message.sequence());
        try {
            channel.basicPublish("", stream, true, Wire.properties(message, node), message.data());
        } catch (IllegalArgumentException e) {
            inFlight.fail(message.sequence(), "the event cannot be sent: " + e.getMessage());
        } catch (ShutdownSignalException e) {
            throw Refusal.broken(e);
        }
    }

    private List<Long> take(long tag, boolean multiple) {
        var confirmed = multiple ? unconfirmed.headMap(tag, true) : unconfirmed.subMap(tag, true, tag, true);
        List<Long> sequences = List.copyOf(confirmed.values());
        confirmed.clear();
        return sequences;
    }

    private void confirmed(long tag, boolean multiple) {
        take(tag, multiple);
    }

    private void refused(long tag, boolean multiple, RabbitSettings settings) {
        for (long sequence : take(tag, multiple)) {
            inFlight.fail(sequence, settings.where() + " refused the event (basic.nack); its log says why");
        }
    }
}
