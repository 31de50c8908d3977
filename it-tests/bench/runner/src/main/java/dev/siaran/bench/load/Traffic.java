package dev.siaran.bench.load;

import dev.siaran.bench.load.Census.State;
import dev.siaran.it.load.Loop;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Publishes at a pace while the clients read. For the loop's thread. */
final class Traffic {

    private static final long DRAIN = Duration.ofSeconds(3).toNanos();
    private static final long PRIMING = Duration.ofMillis(50).toNanos();

    private final Loop loop;
    private final Feed feed;
    private final Pace pace;
    private final Crowd crowd;
    private final Tally tally;

    Traffic(Loop loop, Feed feed, LoadPlan plan, Crowd crowd, Tally tally) {
        this.loop = loop;
        this.feed = feed;
        this.crowd = crowd;
        this.tally = tally;
        this.pace = plan.rate() > 0 ? Pace.rate(plan.rate()) : Pace.window(plan.window(), this::completed);
    }

    private long completed() {
        return tally.deliveries() / Math.max(1, crowd.census().healthy(State.OPEN));
    }

    /** Publishes slowly until every client that reads has had an event: from then on nothing may be missing. */
    void prime(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        int readers = crowd.healthy().size();
        Pace slowly = Pace.rate(1e9 / PRIMING);
        slowly.begin(System.nanoTime());
        while (crowd.count(check -> check.last() >= 0) < readers) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(crowd.count(check -> check.last() >= 0) + " of " + readers
                        + " clients get events; " + crowd.census().all(State.REFUSED) + " were refused");
            }
            turn(slowly);
        }
        drain();
    }

    /** Publishes for a time. */
    void flow(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        flowUntil(() -> System.nanoTime() - end >= 0);
    }

    /** Publishes until something is so. */
    void flowUntil(BooleanSupplier done) {
        pace.begin(System.nanoTime());
        while (!done.getAsBoolean()) {
            turn();
        }
    }

    /** Publishes what is due, and reads. */
    void turn() {
        turn(pace);
    }

    private void turn(Pace current) {
        long now = System.nanoTime();
        boolean due = current.isDue(now) && feed.hasRoom();
        if (due) {
            feed.publish(current.take(now));
        }
        loop.turn(due ? 0 : 1);
    }

    /** Reads until everyone who is connected has everything, or nothing comes any more. */
    void drain() {
        long before = -1;
        long progress = System.nanoTime();
        while (System.nanoTime() - progress < DRAIN && !isDrained()) {
            loop.turn(1);
            if (tally.deliveries() != before) {
                before = tally.deliveries();
                progress = System.nanoTime();
            }
        }
    }

    private boolean isDrained() {
        long newest = feed.published() - 1;
        for (Subscriber member : crowd.members()) {
            if (member.isReading() && member.check().last() < newest) {
                return false;
            }
        }
        return true;
    }

    long published() {
        return feed.published();
    }
}
