package dev.siaran.internal.wire;

import com.launchdarkly.eventsource.CommentEvent;
import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamClosedByServerException;
import com.launchdarkly.eventsource.StreamEvent;
import com.launchdarkly.eventsource.StreamException;
import com.launchdarkly.logging.LDLogger;
import dev.siaran.internal.wire.EventStreamParser.Event;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What the EventSource of LaunchDarkly makes of a stream. It departs from the standard where it does not matter here: a byte
 * order mark at the very beginning is not skipped (our streams begin with a comment), and an id takes effect with the next
 * event, not with the next blank line.
 *
 * @param comments without the space that follows the colon
 * @param retry in milliseconds, {@link #NO_RETRY} if the stream says nothing
 */
public record OtherParser(List<Event> events, List<String> comments, long retry) {

    public static final long NO_RETRY = EventSource.DEFAULT_RETRY_DELAY_MILLIS;

    private static final URI ORIGIN = URI.create("http://127.0.0.1/");
    private static final int SMALLEST_BUFFER = 200;

    /**
     * Parses a stream from its beginning to its end.
     *
     * @param chunk how many bytes arrive at a time
     */
    public static OtherParser parse(byte[] stream, int chunk) {
        var source = new EventSource.Builder(new Once(new Chunks(stream, chunk)))
                .readBufferSize(Math.max(SMALLEST_BUFFER, chunk))
                .logger(LDLogger.none())
                .build();
        List<Event> events = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        try {
            while (true) {
                StreamEvent next = source.readAnyEvent();
                if (next instanceof MessageEvent event) {
                    String id = event.getLastEventId();
                    events.add(new Event(type(event), event.getData(), id == null ? "" : id));
                } else if (next instanceof CommentEvent comment) {
                    comments.add(comment.getText());
                }
            }
        } catch (StreamClosedByServerException end) {
            return new OtherParser(events, comments, source.getBaseRetryDelayMillis());
        } catch (StreamException e) {
            throw new AssertionError(e);
        }
    }

    private static String type(MessageEvent event) {
        return event.getEventName().isEmpty() ? MessageEvent.DEFAULT_EVENT_NAME : event.getEventName();
    }

    /** A network that brings no more than some bytes at a time. */
    private static final class Chunks extends ByteArrayInputStream {

        private final int chunk;

        Chunks(byte[] bytes, int chunk) {
            super(bytes);
            this.chunk = chunk;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, chunk));
        }
    }

    /** A connection that brings these bytes. */
    private static final class Once extends ConnectStrategy {

        private final InputStream stream;

        Once(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public Client createClient(LDLogger logger) {
            return new Client() {
                @Override
                public Result connect(String lastEventId) {
                    return new Result(stream, ORIGIN, stream);
                }

                @Override
                public boolean awaitClosed(long timeoutMillis) {
                    return true;
                }

                @Override
                public URI getOrigin() {
                    return ORIGIN;
                }

                @Override
                public void close() {}
            };
        }
    }
}
