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
 * What a shard has to do, and what of it comes first. Times are those of the shard's clock.
 *
 * <p>Any thread may add a task and ask whether there is one; all else is for one thread at a time.
 */
final class Agenda {

    /** The longest that tasks which have had fewer turns go before one that has had more: that has a fifth of the time, then. */
    private static final long PATIENCE = Duration.ofMillis(4).toNanos();

    private record Later(long due, Runnable task) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return Long.signum(due - other.due);
        }
    }

    /** A task that goes on: how many turns it has had, and when the last one ended. */
    private record Going(int turns, long since, Runnable task) {}

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Later> later = new PriorityQueue<>();
    private final Deque<Going> going = new ArrayDeque<>();

    /** Adds a task; those that are added run in the order of this call. */
    void add(Runnable task) {
        tasks.add(task);
    }

    /** Whether a task has been added that has not had its first turn. */
    boolean hasTasks() {
        return !tasks.isEmpty();
    }

    /** Whether there is nothing to do before the time of what is for later. */
    boolean isIdle() {
        return tasks.isEmpty() && going.isEmpty();
    }

    /** Lets a task go on that has had some turns. */
    void goOn(Runnable task, int turns, long now) {
        going.addLast(new Going(turns, now, task));
    }

    /** Keeps a task until its time has come. */
    void keep(Runnable task, long due) {
        later.add(new Later(due, task));
    }

    /** What has had the fewest turns goes first, so that what is short need not wait for what is long; though not for ever. */
    @Nullable
    Runnable next(long now) {
        if (going.isEmpty()) {
            return tasks.poll();
        }
        if (now - going.getFirst().since() >= PATIENCE) {
            return going.removeFirst().task();
        }
        Runnable task = tasks.poll();
        if (task != null) {
            return task;
        }
        Going least = Collections.min(going, Comparator.comparingInt(Going::turns));
        going.remove(least);
        return least.task();
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
