package dev.siaran.internal.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The connections that a shard owns. The shard's thread only, but for their number. */
final class Connections {

    private final List<Connection> all = new ArrayList<>();

    /** The time at which each wants to be looked at again. Side by side in memory: most of many want nothing. */
    private long[] due = new long[16];

    /** How many have been looked at in the round that is under way. */
    private int looked;

    private volatile int size;

    /** How many there are. Any thread. */
    int size() {
        return size;
    }

    void add(Connection connection, long now) {
        int index = all.size();
        if (index == due.length) {
            due = Arrays.copyOf(due, 2 * index);
        }
        due[index] = now;
        connection.index = index;
        all.add(connection);
        size = all.size();
    }

    /** Forgets a connection; does nothing if it is not here. */
    void remove(Connection connection) {
        int index = connection.index;
        if (index < 0) {
            return;
        }
        Connection last = all.remove(all.size() - 1);
        if (last != connection) {
            all.set(index, last);
            due[index] = due[all.size()];
            last.index = index;
        }
        connection.index = -1;
        size = all.size();
    }

    /**
     * Looks at those that want it by now, from where it was interrupted. One that takes the place of another meanwhile may have to wait for
     * the next round.
     *
     * @param interrupted asked after each that had something to do
     * @return whether that is all of them
     */
    boolean tick(Pace pace, long now, BooleanSupplier interrupted) {
        // One that ends is removed later, by a task of its own
        while (looked < all.size()) {
            int i = looked++;
            if (now - due[i] >= 0) {
                due[i] = all.get(i).tick(pace);
                if (interrupted.getAsBoolean()) {
                    return false;
                }
            }
        }
        looked = 0;
        return true;
    }

    /** Ends those whose lease is of some kind, in good order, each with last words of its own. */
    void endEach(Predicate<Lease> condition, Supplier<byte[]> lastWords) {
        for (Connection connection : all) {
            if (condition.test(connection.lease)) {
                connection.closeWith(lastWords.get());
            }
        }
    }

    /** Does something with the lease of each, which may end sooner then. */
    void eachLease(Consumer<Lease> action, long now) {
        all.forEach(connection -> action.accept(connection.lease));
        Arrays.fill(due, 0, all.size(), now);
    }

    /** Ends all in good order, each with what is still due and last words of its own. */
    void closeAll(Supplier<byte[]> lastWords) {
        for (Connection connection : all) {
            connection.write();
            connection.closeWith(lastWords.get());
        }
    }
}
