package dev.siaran.internal.hub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a shard has to do, and what of it comes first. There are tasks, which are short and keep their order: a connection begins or
 * ends. And there is work that takes turns: a feed writes to all who follow it. Where there are both, each has half of the time, so
 * that neither a crowd of new connections nor a busy channel holds up the other. Times are those of the shard's clock.
 *
 * <p>Any thread may add and ask whether there is anything; all else is for one thread at a time.
 */
final class Agenda {

    /** The longest that a turn of work should take, and that tasks go before it. */
    static final long TURN = Duration.ofMillis(1).toNanos();

    /** The longest that work which has had fewer turns goes before some that has had more. */
    private static final long PATIENCE = Duration.ofMillis(4).toNanos();

    private record Later(long due, Runnable task) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return Long.signum(due - other.due);
        }
    }

    /** Work: how many turns it has had, and since when it waits for the next. */
    private record Work(int turns, long since, Runnable task) {}

    // Any thread
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> begun = new ConcurrentLinkedQueue<>();

    // One thread
    private final Queue<Later> later = new PriorityQueue<>();
    private final Deque<Work> going = new ArrayDeque<>();
    private boolean worked;
    private long tasksSince;

    /** Adds a task; those that are added run in the order of this call. */
    void add(Runnable task) {
        tasks.add(task);
    }

    /** Adds work that may take several turns. */
    void begin(Runnable work) {
        begun.add(work);
    }

    /** Whether anything has been added that has not had its first turn. */
    boolean hasNew() {
        return !tasks.isEmpty() || !begun.isEmpty();
    }

    /** Whether there is nothing to do before the time of what is for later. */
    boolean isIdle() {
        return !hasNew() && going.isEmpty();
    }

    /** Lets work go on that has had some turns. */
    void goOn(Runnable work, int turns, long now) {
        going.addLast(new Work(turns, now, work));
    }

    /** Keeps a task, or work, until its time has come. */
    void keep(Runnable task, long due) {
        later.add(new Later(due, task));
    }

    /** What comes next, null if there is nothing. */
    @Nullable
    Runnable next(long now) {
        for (Runnable work = begun.poll(); work != null; work = begun.poll()) {
            goOn(work, 0, now);
        }
        if (worked) {
            worked = false;
            tasksSince = now;
        }
        if (going.isEmpty()) {
            return tasks.poll();
        }
        Runnable task = now - tasksSince < TURN ? tasks.poll() : null;
        if (task != null) {
            return task;
        }
        worked = true;
        return nextWork(now);
    }

    /** What has had the fewest turns, so that what is short need not wait for what is long; though not for ever. */
    private Runnable nextWork(long now) {
        Work first = going.getFirst();
        Work next =
                now - first.since() >= PATIENCE ? first : Collections.min(going, Comparator.comparingInt(Work::turns));
        going.remove(next);
        return next.task();
    }

    /** The next of what was for later and whose time has come. */
    @Nullable
    Runnable nextDue(long now) {
        Later first = later.peek();
        return first == null || first.due() - now > 0 ? null : later.remove().task();
    }

    /** The next of what is for later, whether or not its time has come. */
    @Nullable
    Runnable nextLater() {
        Later first = later.poll();
        return first == null ? null : first.task();
    }

    /** The time until something that is for later is due, but no longer than this. */
    long untilDue(long now, long longest) {
        Later first = later.peek();
        return first == null ? longest : Math.min(longest, first.due() - now);
    }
}
