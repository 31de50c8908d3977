package dev.siaran.it.cluster;

import dev.siaran.it.load.Server;
import java.util.List;

/** A follower that goes to its next address in the middle of the stream, so many times. */
final class RestlessFollower extends Follower {

    /** So few that the next hop comes while events still flow in from before. */
    private static final int EVENTS_BETWEEN = 20;

    private int hopsLeft;
    private int seen;
    private boolean hopping;

    RestlessFollower(Audience audience, int number, List<Server> servers, int hops) {
        super(audience, number, servers);
        hopsLeft = hops;
    }

    @Override
    public void event(long sequence, long stamp) {
        super.event(sequence, stamp);
        if (hopsLeft > 0 && !hopping && ++seen >= EVENTS_BETWEEN) {
            hopping = true;
            hopsLeft--;
            audience().schedule(0, this::hop);
        }
    }

    @Override
    void begun() {
        hopping = false;
        seen = 0;
    }

    boolean hasSettled() {
        return hopsLeft == 0;
    }
}
