package dev.siaran.internal.hub;

import dev.siaran.internal.config.IpAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many streams begin from each address: so many in a second, and some seconds' worth at once. Of an address only the time is
 * known at which it will have all of that again; then it is forgotten.
 *
 * <p>Safe for use by many threads.
 */
final class Arrivals {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A page may open many streams when it loads, and many pages load after a restart. */
    private static final int SECONDS_AT_ONCE = 5;

    private final long share;
    private final LongSupplier clock;
    private final ConcurrentHashMap<IpAddress, Long> restedAt = new ConcurrentHashMap<>();
    private final AtomicLong nextTidying;

    /** A bound on the streams of each second, 0 for none. */
    Arrivals(int perSecond, LongSupplier clock) {
        this.share = perSecond == 0 ? 0 : SECOND / perSecond;
        this.clock = clock;
        this.nextTidying = new AtomicLong(clock.getAsLong());
    }

    /** Whether one more may begin now. One that may not costs one look, and makes the next wait no longer. */
    boolean take(@Nullable IpAddress network) {
        if (share == 0 || network == null) {
            return true;
        }
        long now = clock.getAsLong();
        tidy(now);
        while (true) {
            Long known = restedAt.get(network);
            long begin = known == null || known - now < 0 ? now : known;
            if (begin + share - now > SECONDS_AT_ONCE * SECOND) {
                return false;
            }
            Long next = begin + share;
            if (known == null ? restedAt.putIfAbsent(network, next) == null : restedAt.replace(network, known, next)) {
                return true;
            }
        }
    }

    private void tidy(long now) {
        long due = nextTidying.get();
        if (now - due >= 0 && nextTidying.compareAndSet(due, now + SECOND)) {
            restedAt.values().removeIf(rested -> rested - now <= 0);
        }
    }

    /** How many addresses are known. */
    int size() {
        return restedAt.size();
    }
}
