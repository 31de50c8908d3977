package dev.siaran.rabbitmq;

import dev.siaran.internal.broker.OncePerMinute;
import dev.siaran.spi.Message;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Follows the stream: hands each message to its channel's feed, and remembers the place, so that the next connection goes on
 * there. It reads the last message again, because that shows whether anything lies between.
 *
 * <p>All that is not safe for many threads is used by the reading thread only, which is the one of the executor.
 */
final class Follower {

    private static final System.Logger LOG = System.getLogger("dev.siaran.rabbitmq");

    private final String node;
    private final String stream;
    private final ExecutorService reading;
    private final Feeds feeds;
    private final InFlight inFlight;
    private final Markers markers;
    private final Newest newest = new Newest();
    private final OncePerMinute foreign = new OncePerMinute(LOG, Level.WARNING);

    /** Written by the reading thread: the message read last, null as long as there is none. */
    private volatile @Nullable Place last;

    // Used by the reading thread only.
    private final Seen seen = new Seen();
    private @Nullable Passage passage;

    Follower(String node, String stream, ExecutorService reading, Feeds feeds, InFlight inFlight, Markers markers) {
        this.node = node;
        this.stream = stream;
        this.reading = reading;
        this.feeds = feeds;
        this.inFlight = inFlight;
        this.markers = markers;
    }

    /** What is read over one connection. Used by the reading thread only, but for {@code arrived}. */
    private static final class Passage {
        final long end;
        final CompletableFuture<Void> arrived = new CompletableFuture<>();

        /** The message that must come first; null if any may. */
        @Nullable
        Place expected;

        Passage(long end) {
            this.end = end;
        }
    }

    /** The message read last, null as long as there is none. */
    @Nullable
    Place last() {
        return last;
    }

    Newest newest() {
        return newest;
    }

    /** Tells a new feed where it begins, once that is known. */
    void welcome(Feed feed) {
        reading.execute(() -> {
            Place place = last;
            if (place != null) {
                feed.begin(place);
            }
        });
    }

    /**
     * Goes on reading over a new connection, from where the last one ended.
     *
     * @param end the place of a message that was sent over this connection
     * @return completes when all up to there has been read
     */
    CompletableFuture<Void> follow(Link link, Place end) throws IOException {
        var begun = new Passage(end.offset());
        long from = StreamProbe.await(
                link,
                CompletableFuture.supplyAsync(() -> begin(begun), reading),
                StreamProbe.PATIENCE,
                () -> "the reader is busy");
        StreamReader.open(link, stream, from, (reader, delivery) -> {
            take(begun, Wire.read(delivery));
            reader.taken(delivery);
        });
        return begun.arrived;
    }

    private long begin(Passage next) {
        passage = next;
        Place before = last;
        if (before != null && next.end > before.offset()) {
            next.expected = before;
            return before.offset();
        }
        if (before != null) {
            // The stream is another one, or has lost its end. Its beginning may be what was delivered long ago
            lose();
            last = null;
        }
        return next.end;
    }

    private void take(Passage from, Entry entry) {
        if (from != passage) {
            return; // left over from a connection that is no more
        }
        Place expected = from.expected;
        from.expected = null;
        if (expected == null) {
            process(entry);
        } else if (!entry.place().equals(expected)) {
            lose(); // trimmed meanwhile, or another stream
            process(entry);
        }
        if (entry.offset() >= from.end) {
            from.arrived.complete(null);
        }
    }

    /** Between the last message and the next there is a hole that cannot be filled. */
    private void lose() {
        newest.clear();
        feeds.all().forEach(Feed::lost);
    }

    private void process(Entry entry) {
        boolean first = last == null;
        Message message = entry.message();
        if (entry.isForeign()) {
            foreign.log("stream \"" + stream + "\": the message at offset " + entry.offset()
                    + " is skipped: it has no header " + Wire.CHANNEL + ", or its body is not UTF-8");
        }
        last = entry.place();
        if (message != null && !seen.repeats(entry)) {
            deliver(entry, message);
        }
        if (first) {
            feeds.all().forEach(feed -> feed.begin(entry.place()));
        }
        markers.read(entry);
    }

    private void deliver(Entry entry, Message message) {
        newest.put(message.channel(), entry.place());
        Feed feed = feeds.of(message.channel());
        if (feed != null) {
            feed.message(entry.stored(message));
        }
        if (entry.publisher().equals(node)) {
            inFlight.arrived(entry.sequence(), EventId.of(entry).toString());
        }
    }
}
