package dev.siaran.internal.hub;

import dev.siaran.internal.config.SiaranConfig.Limits;
import dev.siaran.internal.hub.Revocation.Kind;
import dev.siaran.internal.wire.FrameEncoder;
import dev.siaran.spi.Broker;
import dev.siaran.spi.StoredMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The leases of a node's streams. What is revoked ends here at once, and travels to the other nodes as a message on a channel that
 * every node follows. Nothing is kept for it but the lease itself: who revokes looks through all the streams, which is seldom and
 * quick, and no stream pays for it.
 *
 * <p>Safe for use by many threads.
 */
public final class Leases {

    private static final Logger LOG = System.getLogger(Leases.class.getName());
    private static final byte[] NOTHING = {};

    /** The longest that a request is under way until its stream has a lease, unless somebody holds it up on purpose. */
    private static final long REMEMBERED = Duration.ofMinutes(1).toNanos();

    private static final Duration LIVE_WITHIN = Duration.ofMillis(500);

    /** The latest that streams end of which nobody knows whether they may go on. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private record Past(long time, Revocation revocation) {}

    private final Broker broker;
    private final List<Shard> shards;
    private final LongSupplier clock;
    private final Supplier<Duration> reconnectDelay;
    private final Places places;

    /** Leases of streams that no shard has yet. */
    private final Set<Lease> opening = ConcurrentHashMap.newKeySet();

    /** What was revoked lately, the newest last: who was let in by the container before, but has no lease yet, may be among those. */
    private final Deque<Past> past = new ConcurrentLinkedDeque<>();

    /** Completes when the broker delivers revocations. */
    private final CompletableFuture<Void> live = new CompletableFuture<>();

    /** Whether streams were let in before that. */
    private final AtomicBoolean early = new AtomicBoolean();

    private final Broker.Subscription subscription;
    private volatile boolean closed;

    Leases(Broker broker, List<Shard> shards, LongSupplier clock, Supplier<Duration> reconnectDelay, Limits limits) {
        this.broker = broker;
        this.shards = shards;
        this.clock = clock;
        this.reconnectDelay = reconnectDelay;
        this.places = new Places(limits, clock);
        this.subscription = broker.subscribe(Revocation.CHANNEL, new Receiver());
    }

    /**
     * A new lease, which can be revoked from now on. Its stream is opened with it, or else the lease has to be {@linkplain Lease#end
     * ended}.
     *
     * @param lifetime how long the stream may last, null for any time
     * @param age how many nanoseconds ago the container let the holder in: what was revoked since then counts
     * @throws TooManyStreamsException if the node, or the holder, has as many streams as it may
     */
    public Lease grant(Holder holder, @Nullable Duration lifetime, long age) {
        places.take(holder);
        var lease = new Lease(holder, opening::remove, places::give);
        if (lifetime != null) {
            lease.endAt(clock.getAsLong() + lifetime.toNanos());
        }
        opening.add(lease);
        revokeIfLate(lease, clock.getAsLong() - age);
        if (holder.isPersonal()) {
            awaitLive();
        }
        return lease;
    }

    /** The same, from now on. */
    public Lease grant(Holder holder, @Nullable Duration lifetime) {
        return grant(holder, lifetime, 0);
    }

    /** The same for a stream that the application itself has let in: under no limit. */
    Lease grantToApplication() {
        var lease = new Lease(Holder.NOBODY, opening::remove, holder -> {});
        opening.add(lease);
        return lease;
    }

    /** Takes the lease back at once if its holder was revoked after the container had let it in. */
    private void revokeIfLate(Lease lease, long letIn) {
        for (var newest = past.descendingIterator(); newest.hasNext(); ) {
            Past revoked = newest.next();
            if (revoked.time() - letIn <= 0) {
                return;
            }
            if (lease.isFor(revoked.revocation())) {
                lease.revoke();
            }
        }
    }

    /** Until the broker delivers for the first time, nobody hears what other nodes revoke, or knows then what it was. */
    private void awaitLive() {
        if (live.isDone() || early.get()) {
            return;
        }
        try {
            live.get(LIVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The client is let in all the same, and nobody else waits
            if (!early.getAndSet(true)) {
                live.thenRun(this::endPersonal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("revocations cannot go live", e.getCause());
        }
    }

    /** Ends every stream of a user, on every node; completes when the broker has accepted the message to the others. */
    public CompletionStage<String> revokeUser(String name) {
        return revoke(new Revocation(Kind.USER, name));
    }

    /** Ends every stream of a session, in the same way. */
    public CompletionStage<String> revokeSession(String session) {
        return revoke(new Revocation(Kind.SESSION, session));
    }

    /** Ends every stream that follows a channel, in the same way. */
    public CompletionStage<String> revokeChannel(String channel) {
        return revoke(new Revocation(Kind.CHANNEL, channel));
    }

    private CompletionStage<String> revoke(Revocation revocation) {
        if (closed) {
            // Sessions end with the application, too
            return CompletableFuture.failedFuture(new IllegalStateException("the application is stopping"));
        }
        end(revocation);
        return broker.publish(revocation.message());
    }

    /** A lease is here or among its shard's, or, for a moment, in both: the order of the looks matters. */
    private void end(Revocation revocation) {
        remember(revocation);
        for (Lease lease : opening) {
            if (lease.isFor(revocation)) {
                lease.revoke();
            }
        }
        shards.forEach(shard -> shard.execute(
                () -> shard.connections().endEach(lease -> lease.isFor(revocation), lastWords(revocation))));
    }

    private void remember(Revocation revocation) {
        long now = clock.getAsLong();
        past.addLast(new Past(now, revocation));
        for (Past first = past.peekFirst();
                first != null && now - first.time() > REMEMBERED;
                first = past.peekFirst()) {
            past.remove(first);
        }
    }

    private Supplier<byte[]> lastWords(Revocation revocation) {
        return () -> revocation.isForMany() ? FrameEncoder.retry(reconnectDelay.get()) : NOTHING;
    }

    /** Nobody knows what was revoked: the streams of users and sessions return, and are decided anew, not all at once. */
    private void endPersonal() {
        LOG.log(
                Level.WARNING,
                "Messages that end streams may have been lost: the streams of users and sessions end soon, and come back if they are"
                        + " still allowed to");
        opening.forEach(this::endSoon);
        shards.forEach(shard -> shard.execute(() -> shard.connections().eachLease(this::endSoon, shard.now())));
    }

    private void endSoon(Lease lease) {
        if (lease.isPersonal()) {
            Duration delay = reconnectDelay.get();
            lease.endAt(clock.getAsLong() + (delay.compareTo(SOON) < 0 ? delay : SOON).toNanos());
        }
    }

    /** How many streams have been let in that no shard has yet. */
    int opening() {
        return opening.size();
    }

    /** How many users, sessions, addresses and nodes are known by streams of theirs. */
    int holders() {
        return places.size();
    }

    void close() {
        closed = true;
        subscription.close();
    }

    /** Hears what any node has revoked, this one included. */
    private final class Receiver implements Broker.Delivery {

        @Override
        public void live(String startId) {
            live.complete(null);
        }

        @Override
        public void message(StoredMessage stored) {
            Revocation.of(stored.message()).ifPresent(Leases.this::end);
        }

        @Override
        public void lost() {
            endPersonal();
        }
    }
}
