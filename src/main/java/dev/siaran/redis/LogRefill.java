package dev.siaran.redis;

import dev.siaran.internal.broker.OncePerMinute;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads on a thread of its own, so that no channel's live messages wait for a read. */
final class LogRefill implements Refill {

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");

    private static final Duration RETRY = Duration.ofMillis(200);
    /** Sooner than this no client has been told that it is connected, and gone on to do something about it. */
    private static final Duration UNNOTICED = Duration.ofMillis(100);

    private static final Duration RETRY_REFUSED = Duration.ofSeconds(2);

    private final ScheduledExecutorService executor;
    private final ChannelLog log;
    private final Keys keys;
    private final AtomicInteger session = new AtomicInteger();
    private final OncePerMinute refusals = new OncePerMinute(LOG, Level.WARNING);

    private final Supplier<String> epochKey;

    // Used by the filling thread only. Read once in each session, and for each channel that begins: FLUSHALL takes a
    // server's
    // data without ending a session, and what begins behind it has lost nothing by it.
    private Epoch epoch = new Epoch("", "");
    private int epochSession = -1;

    /** @param epochKey finds a key that the server keeps */
    LogRefill(ScheduledExecutorService executor, ChannelLog log, Keys keys, Supplier<String> epochKey) {
        this.epochKey = epochKey;
        this.executor = executor;
        this.log = log;
        this.keys = keys;
    }

    /** A new session has begun. */
    void sessionBegan() {
        session.incrementAndGet();
    }

    @Override
    public void request(ChannelFeed feed, int turn, @Nullable String after) {
        schedule(feed, turn, after, Duration.ZERO);
    }

    private void schedule(ChannelFeed feed, int turn, @Nullable String after, Duration delay) {
        if (!executor.isShutdown()) {
            executor.schedule(() -> attempt(feed, turn, after), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void attempt(ChannelFeed feed, int turn, @Nullable String after) {
        if (!feed.isFilling(turn)) {
            return;
        }
        Fill fill;
        try {
            fill = after == null ? begin(feed) : read(feed.channel(), after);
        } catch (JedisDataException e) {
            refusals.log(
                    feed.channel() + ": Redis refused to read " + keys.log(feed.channel()) + ": " + e.getMessage());
            schedule(feed, turn, after, jittered(RETRY_REFUSED));
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.DEBUG, () -> feed.channel() + ": could not read the history", e);
            schedule(feed, turn, after, jittered(RETRY));
            return;
        }
        feed.filled(turn, fill);
    }

    /** The feed begins with what has been added since it was asked for; or from now on, if nobody can have noticed yet. */
    private Fill begin(ChannelFeed feed) {
        String channel = feed.channel();
        epochSession = session.get();
        epoch = log.epoch(epochKey.get());
        String tail = log.tail(channel);
        String start = tail;
        if (!tail.isEmpty() && feed.age().compareTo(UNNOTICED) > 0) {
            // In this order, so that no delay makes the time too late
            long now = log.millis(channel);
            start = log.tail(channel, now - feed.age().toMillis());
        }
        return new Fill(epoch, start, List.of(), !start.equals(tail));
    }

    private Fill read(String channel, String after) {
        int now = session.get();
        if (epochSession != now) {
            epoch = log.epoch(epochKey.get());
            epochSession = now;
        }
        String tail = log.tail(channel);
        if (after.equals(tail)) {
            return new Fill(epoch, tail, List.of(), false);
        }
        List<Entry> entries = log.range(channel, after, "", ChannelLog.PAGE);
        return new Fill(epoch, tail, entries, entries.size() == ChannelLog.PAGE);
    }

    private static Duration jittered(Duration delay) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(delay.toMillis() / 2, delay.toMillis()));
    }
}
