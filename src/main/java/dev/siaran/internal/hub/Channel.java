package dev.siaran.internal.hub;

import dev.siaran.internal.wire.EventText;
import dev.siaran.internal.wire.Frame;
import dev.siaran.internal.wire.FrameEncoder;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.StoredMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A channel as this node knows it: its log, its subscription at the broker, and a feed for each shard. The broker's thread
 * encodes, appends and wakes; it never writes to a connection.
 */
final class Channel implements Broker.Delivery {

    private static final Logger LOG = System.getLogger(Channel.class.getName());

    /** What one reading of the history asks for; connections that want the same share one. */
    private record Range(String afterId, String throughId, int limit) {}

    private final String name;
    private final String marker;
    private final ChannelLog log;
    private final List<Feed> feeds;
    private final Broker broker;
    private final Gaps gaps;
    private final LogBudget.Claim claim;
    private final CompletableFuture<Void> live = new CompletableFuture<>();
    private final Set<Replay> waiting = ConcurrentHashMap.newKeySet();
    private final Map<Range, CompletionStage<History>> readings = new ConcurrentHashMap<>();
    private final AtomicBoolean toldOfBadName = new AtomicBoolean();
    private Broker.@Nullable Subscription subscription;

    // Guarded by the hub's lock on this channel
    private int followers;
    private long idleSince;

    Channel(String name, ChannelLog log, List<Feed> feeds, Broker broker, Gaps gaps, LogBudget.Claim claim) {
        this.name = name;
        this.marker = EventIds.marker(name);
        this.log = log;
        this.feeds = feeds;
        this.broker = broker;
        this.gaps = gaps;
        this.claim = claim;
    }

    void subscribe() {
        subscription = broker.subscribe(name, this);
    }

    void unsubscribe() {
        claim.release();
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public void live(String startId) {
        log.startAfter(startId);
        live.complete(null);
        waiting.forEach(this::beginIfLive);
    }

    @Override
    public void message(StoredMessage stored) {
        Frame frame = frameOf(stored);
        if (frame != null) {
            append(stored.id(), stored.message().event(), frame);
        }
    }

    /**
     * Encodes a message of the broker, live or from its history. Null if somebody else has given it a name that would be other
     * fields; told once, because who sends one may send many.
     */
    @Nullable
    Frame frameOf(StoredMessage stored) {
        String event = stored.message().event();
        try {
            EventText.requireSingleLine("event", event);
        } catch (IllegalArgumentException e) {
            Level level = toldOfBadName.getAndSet(true) ? Level.DEBUG : Level.WARNING;
            LOG.log(level, name + ": an event from the broker is skipped: " + e.getMessage());
            return null;
        }
        return FrameEncoder.event(event, stored.message().data(), stored.id());
    }

    @Override
    public void lost() {
        append(null, gaps.event(), gaps.frame(name, null, null, null));
    }

    private void append(@Nullable String id, @Nullable String event, Frame frame) {
        claim.use();
        log.append(id, event, frame, passedByAll());
        for (Feed feed : feeds) {
            feed.wake();
        }
    }

    /** Drops what the log need not keep any more: events become old, and the channel's share of the node's bytes smaller. */
    void trim() {
        log.trim(passedByAll());
    }

    private long passedByAll() {
        long passedByAll = Long.MAX_VALUE;
        for (Feed feed : feeds) {
            passedByAll = Math.min(passedByAll, feed.passed());
        }
        return passedByAll;
    }

    /** Completes when the broker delivers the channel. */
    CompletableFuture<Void> whenLive() {
        return live;
    }

    /** Begins a replay, once the broker delivers the channel. */
    void begin(Replay replay) {
        waiting.add(replay);
        beginIfLive(replay);
    }

    private void beginIfLive(Replay replay) {
        if (live.isDone() && waiting.remove(replay)) {
            replay.begin();
        }
    }

    /** Forgets a replay that has not begun: the broker may be away for long, and clients come and go. */
    void forget(Replay replay) {
        waiting.remove(replay);
    }

    /** Reads the broker's history; connections that ask for the same at the same time share one reading. */
    CompletionStage<History> history(String afterId, String throughId, int limit) {
        var range = new Range(afterId, throughId, limit);
        CompletionStage<History> reading =
                readings.computeIfAbsent(range, missing -> broker.history(name, afterId, throughId, limit));
        return reading.whenComplete((page, failure) -> readings.remove(range, reading));
    }

    String name() {
        return name;
    }

    /** What stands before its place in the ids of streams of several channels. */
    String marker() {
        return marker;
    }

    ChannelLog log() {
        return log;
    }

    Feed feed(Shard shard) {
        return feeds.get(shard.number());
    }

    Gaps gaps() {
        return gaps;
    }

    void follow() {
        followers++;
    }

    void unfollow(long now) {
        followers--;
        idleSince = now;
    }

    boolean isIdleFor(long nanos, long now) {
        return followers == 0 && now - idleSince >= nanos;
    }
}
