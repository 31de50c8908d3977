package dev.siaran.bench.load;

import dev.siaran.bench.load.Census.State;
import dev.siaran.it.load.Loop;
import dev.siaran.it.load.SequenceCheck;
import dev.siaran.it.load.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All the clients. For the loop's thread. */
final class Crowd {

    /** More at once would only wait in the server's backlog, or be turned away by it. */
    private static final int CONNECTING_AT_ONCE = 256;

    private final Loop loop;
    private final Server server;
    private final Census census = new Census();
    private final List<Subscriber> members = new ArrayList<>();

    /** The first ones are slow. */
    Crowd(Loop loop, Server server, Tally tally, int size, int slow) {
        this.loop = loop;
        this.server = server;
        for (int i = 0; i < size; i++) {
            members.add(new Subscriber(i, i < slow, tally, census));
        }
    }

    List<Subscriber> members() {
        return members;
    }

    Census census() {
        return census;
    }

    /** Members that read. */
    List<Subscriber> healthy() {
        return members.stream().filter(member -> !member.isSlow()).toList();
    }

    /**
     * Connects all that are not connected.
     *
     * @param whileWaiting done again and again meanwhile
     */
    void connect(List<Subscriber> whom, boolean slowOnesStall, Runnable whileWaiting) {
        for (Subscriber member : whom) {
            while (census.all(State.CONNECTING) >= CONNECTING_AT_ONCE) {
                whileWaiting.run();
            }
            member.connect(loop, server, slowOnesStall && member.isSlow());
        }
        while (census.all(State.CONNECTING) > 0) {
            whileWaiting.run();
        }
    }

    void disconnect() {
        members.forEach(Subscriber::disconnect);
    }

    /** How many of the healthy ones fit. */
    int count(Predicate<SequenceCheck> condition) {
        int count = 0;
        for (Subscriber member : members) {
            if (!member.isSlow() && condition.test(member.check())) {
                count++;
            }
        }
        return count;
    }
}
