package dev.siaran.bench.load;

import java.time.Duration;

/** Everyone leaves at once and comes back some events later, while publishing goes on. */
final class MassReturn {

    private final Crowd crowd;
    private final Traffic traffic;
    private final int behind;

    MassReturn(Crowd crowd, Traffic traffic, int behind) {
        this.crowd = crowd;
        this.traffic = traffic;
        this.behind = behind;
    }

    /**
     * Leaves, returns, and goes on for the rest of the time.
     *
     * @return the seconds from the first one's return until everyone has caught up
     */
    double run(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        traffic.flow(time.dividedBy(4));
        crowd.disconnect();
        long back = traffic.published() + behind;
        traffic.flowUntil(() -> traffic.published() >= back);
        long begin = System.nanoTime();
        crowd.connect(crowd.members(), false, traffic::turn);
        long newest = traffic.published() - 1;
        int everyone = crowd.healthy().size();
        long latest = System.nanoTime() + time.toNanos();
        traffic.flowUntil(
                () -> System.nanoTime() - latest >= 0 || crowd.count(check -> check.last() >= newest) == everyone);
        double seconds = (System.nanoTime() - begin) / 1e9;
        traffic.flowUntil(() -> System.nanoTime() - end >= 0);
        return seconds;
    }
}
