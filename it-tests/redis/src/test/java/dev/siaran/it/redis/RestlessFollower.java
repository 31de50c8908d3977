package dev.siaran.it.redis;

import dev.siaran.it.load.Server;
import java.util.List;

/** A follower that goes to its next address in the middle of the stream, again and again. */
final class RestlessFollower extends Follower {

    static final int HOPS = 1_000;

    /** So few that the next hop comes while events still flow in from before. */
    private static final int EVENTS_BETWEEN = 20;

    private int hops;
    private int seen;
    private boolean hopping;

    RestlessFollower(Audience audience, int number, List<Server> servers) {
        super(audience, number, servers);
    }

    @Override
    public void event(long sequence, long stamp) {
        super.event(sequence, stamp);
        if (hops < HOPS && !hopping && ++seen >= EVENTS_BETWEEN) {
            hopping = true;
            hops++;
            audience().schedule(0, this::hop);
        }
    }

    @Override
    void begun() {
        hopping = false;
        seen = 0;
    }

    boolean hasSettled() {
        return hops == HOPS;
    }
}
