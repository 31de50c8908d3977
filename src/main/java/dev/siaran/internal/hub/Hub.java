package dev.siaran.internal.hub;

import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.wire.FrameEncoder;
import dev.siaran.spi.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The channels and connections of one node. Knows no servlet, no CDI and no broker's client.
 *
 * <p>Safe for use by many threads.
 */
public final class Hub {

    private static final Duration LIVE_WITHIN = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final SiaranConfig config;
    private final Broker broker;
    private final LongSupplier clock;
    private final Gaps gaps;
    private final LogBudget budget;
    private final byte[] retry;
    private final List<Shard> shards = new ArrayList<>();
    private final Watchdog watchdog;
    private final Leases leases;
    private final AtomicInteger nextShard = new AtomicInteger();

    // Each channel is changed within compute(), which is its lock
    private final ConcurrentHashMap<String, Channel> channels = new ConcurrentHashMap<>();

    private volatile boolean brokerIsSlow;
    private volatile boolean closed;

    /** A hub that has begun to work. */
    public Hub(SiaranConfig config, Broker broker, LongSupplier clock) {
        this.config = config;
        this.broker = broker;
        this.clock = clock;
        this.gaps = new Gaps(config.stream().gapEvent());
        this.budget = new LogBudget(config.log());
        this.retry = FrameEncoder.retry(config.stream().retry());
        var pace = new Pace(config.stream().heartbeat(), config.stream().maxLag());
        for (int number = 0; number < config.stream().shards(); number++) {
            shards.add(new Shard(number, pace, clock, number == 0 ? this::tidyChannels : () -> {}));
        }
        shards.forEach(Shard::start);
        watchdog = new Watchdog(shards);
        watchdog.start();
        leases = new Leases(broker, shards, clock, this::reconnectDelay, config.limits());
    }

    /**
     * A connection that follows channels, from now on or from the last event that its client has seen. Nothing is written
     * until it is opened; a connection that is never opened must be closed. Waits a moment for the broker to deliver a
     * channel that is new to this node, so that what is published after the client connected is not missed.
     *
     * @param lease how long the connection may last; names the same channels
     */
    public Connection follow(List<String> names, @Nullable String lastEventId, SlowPolicy slow, Lease lease) {
        List<Channel> followed =
                new LinkedHashSet<>(names).stream().map(this::acquire).toList();
        awaitLive(followed);
        Shard shard = nextShard();
        var source = new FollowSource(followed, shard, lastEventId, slow, retry, () -> followed.forEach(this::release));
        return leased(new Connection(shard, source, String.join(",", names), lease));
    }

    /** The same for whom the application itself has let in: until a channel of it is revoked. */
    public Connection follow(List<String> names, @Nullable String lastEventId, SlowPolicy slow) {
        Lease lease = leases.grantToApplication();
        lease.follow(names);
        return follow(names, lastEventId, slow, lease);
    }

    /** A source for an application's own stream; {@link #connect} makes its connection. */
    public StreamSource stream() {
        return new StreamSource(retry);
    }

    /** The connection of an application's own stream. */
    public Connection connect(StreamSource source, String label, Lease lease) {
        return leased(new Connection(nextShard(), source, label, lease));
    }

    private static Connection leased(Connection connection) {
        connection.lease.attach(connection);
        return connection;
    }

    /** The leases of this node's streams. */
    public Leases leases() {
        return leases;
    }

    private Shard nextShard() {
        return shards.get(Math.floorMod(nextShard.getAndIncrement(), shards.size()));
    }

    private Channel acquire(String name) {
        return channels.compute(name, (key, existing) -> {
            Channel channel = existing;
            if (channel == null) {
                var log = new ChannelLog(config.log(), budget::share, clock);
                var feeds = shards.stream().map(shard -> new Feed(shard, log)).toList();
                channel = new Channel(name, log, feeds, broker, gaps, budget.new Claim());
                channel.whenLive().thenRun(() -> brokerIsSlow = false);
                channel.subscribe();
            }
            channel.follow();
            return channel;
        });
    }

    private void release(Channel channel) {
        channels.computeIfPresent(channel.name(), (key, current) -> {
            current.unfollow(clock.getAsLong());
            return current;
        });
    }

    private void tidyChannels() {
        long linger = config.log().linger().toNanos();
        for (String name : channels.keySet()) {
            channels.computeIfPresent(name, (key, channel) -> {
                if (channel.isIdleFor(linger, clock.getAsLong())) {
                    channel.unsubscribe();
                    return null;
                }
                channel.trim();
                return channel;
            });
        }
    }

    private void awaitLive(List<Channel> followed) {
        if (brokerIsSlow
                || followed.stream().allMatch(channel -> channel.whenLive().isDone())) {
            return;
        }
        try {
            CompletableFuture.allOf(followed.stream().map(Channel::whenLive).toArray(CompletableFuture<?>[]::new))
                    .get(LIVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The client is connected all the same. Until a channel goes live, nobody else waits
            brokerIsSlow = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a channel cannot go live", e.getCause());
        }
    }

    /** Calls a listener, which must not block, with each connection whose write does not return. */
    public void onStuck(Consumer<Connection> listener) {
        watchdog.onStuck(listener);
    }

    /** How many connections are open. */
    public int openConnections() {
        return shards.stream().mapToInt(shard -> shard.connections().size()).sum();
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    /** When a client that is sent away is to come back: not all at once, for the sake of the nodes they come back to. */
    public Duration reconnectDelay() {
        long spread = config.stream().reconnectSpread().toMillis();
        return config.stream().retry().plusMillis(ThreadLocalRandom.current().nextLong(spread + 1));
    }

    /** Ends every connection in good order, and the threads. Takes two seconds at most; does nothing the second time. */
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Shard shard : shards) {
            shard.stop(() -> shard.connections().closeAll(() -> FrameEncoder.retry(reconnectDelay())));
        }
        try {
            long deadline = System.nanoTime() + CLOSE_WITHIN.toNanos();
            for (Shard shard : shards) {
                shard.join(deadline - System.nanoTime());
            }
            watchdog.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leases.close();
        channels.values().forEach(Channel::unsubscribe);
        channels.clear();
    }
}
