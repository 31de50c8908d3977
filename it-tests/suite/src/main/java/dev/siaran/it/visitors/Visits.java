package dev.siaran.it.visitors;

import dev.siaran.it.crowd.Letters;
import dev.siaran.it.load.Loop;
import dev.siaran.it.load.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Many visitors at a time, one after the other, from one thread. Not safe for use by several threads. */
public final class Visits implements AutoCloseable {

    private static final int AT_ONCE = 256;

    private final Loop loop;
    private final Server server;
    private final Consumer<String> revoke;
    private final SplittableRandom random;
    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
    private final List<String> faults = new ArrayList<>();
    private List<Visitor> present = new ArrayList<>();

    private int connections;
    private int opened;
    private int pages;
    private int refusals;
    private int completed;
    private int reused;
    private long ownBytes;

    /**
     * Visits to a server's application.
     *
     * @param revoke ends the streams of a user by name, without waiting for it
     */
    public Visits(Server server, long seed, Consumer<String> revoke) {
        this.server = server;
        this.revoke = revoke;
        this.random = new SplittableRandom(seed);
        try {
            loop = new Loop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens so many streams, and more until they have ended in every way, or as many as there is time for; stops at the first fault. */
    public void run(int streams, Duration atMost) {
        long end = now() + atMost.toNanos();
        while ((opened < streams || !hasAllEndings()) && faults.isEmpty() && now() - end < 0) {
            fill();
            loop.turn(10);
            long now = now();
            present.forEach(visitor -> visitor.tick(now));
            present.removeIf(Visitor::isDone);
        }
    }

    private void fill() {
        try {
            while (present.size() < AT_ONCE) {
                present.add(new Visitor(this, loop, server, connections++));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What visitors have got that they should not. */
    public List<String> faults() {
        return faults;
    }

    /** Streams that have opened. */
    public int opened() {
        return opened;
    }

    /** Bytes of letters that have come, each to its owner. */
    public long ownBytes() {
        return ownBytes;
    }

    /** Responses that came complete on a connection which had a stream before. */
    public int reused() {
        return reused;
    }

    /** Whether streams have ended in every way. */
    public boolean hasAllEndings() {
        return endings.keySet()
                .containsAll(List.of(
                        Ending.LEAVE, Ending.RESET, Ending.HALF_CLOSE, Ending.REVOKED, Ending.OUTLIVE, Ending.STALL));
    }

    SplittableRandom random() {
        return random;
    }

    long now() {
        return System.nanoTime();
    }

    void streamOpened() {
        opened++;
    }

    void over(Answer answer, boolean isReused) {
        received(answer.ownBytes());
        reused += isReused ? 1 : 0;
        switch (answer.kind()) {
            case PAGE -> pages++;
            case REFUSAL -> refusals++;
            default -> completed++;
        }
    }

    void received(long bytesOfOwner) {
        ownBytes += bytesOfOwner;
    }

    void ending(Ending ending) {
        endings.merge(ending, 1, Integer::sum);
    }

    void revoke(int owner) {
        revoke.accept(Letters.name(owner));
    }

    void fault(String what) {
        faults.add(what);
    }

    @Override
    public void close() {
        try {
            loop.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return opened + " streams on " + connections + " connections, " + completed
                + " of them ended by the server as they should, "
                + pages + " pages and " + refusals + " refusals, " + reused
                + " of these after a stream on the same connection, " + ownBytes
                + " bytes of the right letter; ended by " + endings;
    }
}
