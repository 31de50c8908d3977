package dev.siaran.it.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Many hostile connections to one server. For the loop's thread. */
public final class Attackers {

    /** What a crowd does in a second is spread over so many moments: they are many, and have not agreed on one. */
    public static final int MOMENTS = 100;

    /** Seconds after which a client that does not read begins anew: the server has ended it, which it cannot see. */
    private static final int DEAF_SECONDS = 15;

    /** How many of each kind are replaced at one moment. */
    private static final int AT_ONCE = 10;

    private final Loop loop;
    private final Server server;
    private final int slowLoris;
    private final int deaf;

    private final List<Attacker> slow = new ArrayList<>();
    private final List<Attacker> silent = new ArrayList<>();
    private final List<Attacker> passing = new ArrayList<>();
    private int connections;
    private int cut;
    private int dropped;
    private int moments;

    /**
     * None yet.
     *
     * @param slowLoris how many send a request that never ends
     * @param deaf how many ask for a stream and never read
     */
    public Attackers(Loop loop, Server server, int slowLoris, int deaf) {
        this.loop = loop;
        this.server = server;
        this.slowLoris = slowLoris;
        this.deaf = deaf;
    }

    /** Connects one more of each kind that stays, if one is missing. */
    public void keepUp() throws IOException {
        int before = slow.size();
        slow.removeIf(Attacker::isEnded);
        cut += before - slow.size();
        silent.removeIf(Attacker::isEnded);
        if (slow.size() < slowLoris) {
            slow.add(attacker(Attacker.Kind.SLOW_LORIS));
        }
        if (silent.size() < deaf) {
            silent.add(attacker(Attacker.Kind.DEAF));
        }
    }

    /** Whether all that stay are connected. */
    public boolean isComplete() {
        return slow.size() == slowLoris
                && silent.size() == deaf
                && slow.stream().allMatch(Attacker::isConnected)
                && silent.stream().allMatch(Attacker::isConnected);
    }

    /**
     * Sends one more byte of some requests that never end, of each once in a second, and replaces some of those who are gone. To be called
     * {@link #MOMENTS} times in a second.
     */
    public void nextMoment() throws IOException {
        int period = DEAF_SECONDS * MOMENTS;
        for (int i = moments % MOMENTS; i < slow.size(); i += MOMENTS) {
            slow.get(i).drip();
        }
        for (int i = moments % period; i < silent.size(); i += period) {
            silent.get(i).close();
        }
        passing.removeIf(Attacker::isEnded);
        for (int i = 0; i < AT_ONCE && (i == 0 || slow.size() < slowLoris || silent.size() < deaf); i++) {
            keepUp();
        }
        moments++;
    }

    /** Asks for a stream and drops it: at once, or when it opens, in turn. */
    public void drop() throws IOException {
        passing.add(attacker(dropped++ % 2 == 0 ? Attacker.Kind.DROP_AT_ONCE : Attacker.Kind.DROP_WHEN_OPEN));
    }

    private Attacker attacker(Attacker.Kind kind) throws IOException {
        return new Attacker(kind, loop, server, connections++);
    }

    /** How many have been dropped. */
    public int dropped() {
        return dropped;
    }

    /** How many requests without an end the server has ended. */
    public int cut() {
        return cut;
    }

    /** How many connections there were. */
    public int connections() {
        return connections;
    }
}
