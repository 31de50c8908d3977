package dev.siaran.internal.hub;

import dev.siaran.internal.config.SiaranConfig.Limits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places that streams take, under every limit one. A stream has all of them or none.
 *
 * <p>Safe for use by many threads.
 */
final class Places {

    private static final Logger LOG = System.getLogger(Places.class.getName());
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Limits limits;
    private final LongSupplier clock;
    private final List<Tally> tallies;
    private final Arrivals arrivals;
    private final ConcurrentHashMap<Limit, Long> nextWarnings = new ConcurrentHashMap<>();

    Places(Limits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        this.tallies = Stream.of(Limit.NODE, Limit.ADDRESS, Limit.SESSION, Limit.USER)
                .map(limit -> new Tally(limit, limit.most(limits)))
                .toList();
        this.arrivals = new Arrivals(Limit.PACE.most(limits), clock);
    }

    /**
     * Takes the places of one more stream.
     *
     * @throws TooManyStreamsException if a limit is reached; then none is taken
     */
    void take(Holder holder) {
        Limit reached = reached(holder);
        if (reached != null) {
            warn(reached, holder);
            throw new TooManyStreamsException(reached);
        }
    }

    private @Nullable Limit reached(Holder holder) {
        for (int i = 0; i < tallies.size(); i++) {
            if (!tallies.get(i).take(holder)) {
                giveFirst(i, holder);
                return tallies.get(i).limit();
            }
        }
        if (!arrivals.take(holder.network())) {
            give(holder);
            return Limit.PACE;
        }
        return null;
    }

    /** Gives the places back that {@link #take} has taken. Once for each stream. */
    void give(Holder holder) {
        giveFirst(tallies.size(), holder);
    }

    private void giveFirst(int count, Holder holder) {
        for (int i = 0; i < count; i++) {
            tallies.get(i).give(holder);
        }
    }

    private void warn(Limit limit, Holder holder) {
        long now = clock.getAsLong();
        Long due = nextWarnings.get(limit);
        if (due == null
                ? nextWarnings.putIfAbsent(limit, now + MINUTE) == null
                : now - due >= 0 && nextWarnings.replace(limit, due, now + MINUTE)) {
            LOG.log(Level.WARNING, limit.warning(limits, holder));
        }
    }

    /** How many users, sessions, addresses and nodes are known. */
    int size() {
        return tallies.stream().mapToInt(Tally::size).sum() + arrivals.size();
    }
}
