package dev.siaran.bench.load;

import dev.siaran.bench.load.Census.State;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The clients that did not read do so now. Those that the server has given up find the end of their connection, and return
 * as a browser would.
 */
final class SlowReturn {

    private final Crowd crowd;
    private final Traffic traffic;
    private final boolean replays;

    SlowReturn(Crowd crowd, Traffic traffic, boolean replays) {
        this.crowd = crowd;
        this.traffic = traffic;
        this.replays = replays;
    }

    /** Reads, returns, and reports; events go on meanwhile. */
    JsonObjectBuilder run(Duration atMost) {
        List<Subscriber> slow =
                crowd.members().stream().filter(Subscriber::isSlow).toList();
        slow.forEach(Subscriber::thaw);
        until(atMost, () -> slow.stream().allMatch(this::isSettled));
        List<Subscriber> evicted =
                slow.stream().filter(member -> member.state() == State.ENDED).toList();
        if (replays) {
            crowd.connect(evicted, false, traffic::turn);
            until(atMost, () -> slow.stream().allMatch(this::isUpToDate));
            traffic.drain();
        }
        return Correctness.slow(crowd, traffic.published(), evicted.size());
    }

    private void until(Duration atMost, BooleanSupplier done) {
        long end = System.nanoTime() + atMost.toNanos();
        traffic.flowUntil(() -> System.nanoTime() - end >= 0 || done.getAsBoolean());
    }

    private boolean isSettled(Subscriber member) {
        return member.state() != State.OPEN || isUpToDate(member);
    }

    private boolean isUpToDate(Subscriber member) {
        return member.check().last() >= traffic.published() - 4;
    }
}
