package dev.siaran.internal.hub;

import dev.siaran.internal.config.SiaranConfig.Limits;
import dev.siaran.internal.hub.Revocation.Kind;
import dev.siaran.internal.wire.FrameEncoder;
import dev.siaran.spi.Broker;
import dev.siaran.spi.StoredMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Broker broker;
    private final List<Shard> shards;
    private final LongSupplier clock;
    private final Supplier<Duration> reconnectDelay;
    private final Places places;

    /** Leases of streams that no shard has yet. */
    private final Set<Lease> opening = ConcurrentHashMap.newKeySet();

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
     * @throws TooManyStreamsException if the node, or the holder, has as many streams as it may
     */
    public Lease grant(Holder holder, @Nullable Duration lifetime) {
        places.take(holder);
        var lease = new Lease(holder, opening::remove, places::give);
        if (lifetime != null) {
            lease.endAt(clock.getAsLong() + lifetime.toNanos());
        }
        opening.add(lease);
        return lease;
    }

    /** The same for a stream that the application itself has let in: under no limit. */
    Lease grantToApplication() {
        var lease = new Lease(Holder.NOBODY, opening::remove, holder -> {});
        opening.add(lease);
        return lease;
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

    /** A lease is here or among its shard's, or, for a moment, in both: the order of the two looks matters. */
    private void end(Revocation revocation) {
        for (Lease lease : opening) {
            if (lease.isFor(revocation)) {
                lease.revoke();
            }
        }
        shards.forEach(shard -> shard.execute(
                () -> shard.connections().endEach(lease -> lease.isFor(revocation), lastWords(revocation))));
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
            lease.endAt(clock.getAsLong() + reconnectDelay.get().toNanos());
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
            // What was revoked before has been decided by now
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
