package dev.siaran.it.cluster;

import dev.siaran.it.load.Server;
import java.util.List;
import java.util.Random;

/** A client that leaves soon after its stream has begun, for another channel of its list, until it is told to stay. */
public final class WanderingFollower extends Follower {

    private static final int MAX_STAY_MILLIS = 20;

    private final Random random;
    private final List<Server> everywhere;
    private boolean settled;

    /** One that may go to any of these addresses. */
    public WanderingFollower(Audience audience, int number, List<Server> everywhere) {
        super(audience, number, everywhere.subList(0, 1));
        this.everywhere = everywhere;
        this.random = new Random(number);
    }

    @Override
    void begun() {
        if (!settled) {
            audience().schedule(random.nextInt(MAX_STAY_MILLIS), this::wander);
        }
    }

    private void wander() {
        if (!settled) {
            leaveFor(everywhere.get(random.nextInt(everywhere.size())));
        }
    }

    /** It stays where it is. */
    public void settle() {
        settled = true;
    }
}
