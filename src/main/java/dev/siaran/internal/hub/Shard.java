package dev.siaran.internal.hub;

import dev.siaran.internal.wire.FrameBuffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that owns a share of the connections and does all their writing. Others hand it tasks and do not wait for it, but for a moment who
 * brings a connection.
 *
 * <p>Safe for use by many threads, except where a method says that it is the shard's own.
 */
final class Shard {

    private static final Logger LOG = System.getLogger(Shard.class.getName());
    private static final long ABANDON_AFTER = Duration.ofSeconds(1).toNanos();

    /** The longest that a new connection waits for the shard to keep up. */
    private static final Duration LONGEST_QUEUE = Duration.ofMillis(250);

    /** How many connections may wait for their beginning: some 20 ms of work. */
    static final int PLACES = 64;

    private final int number;
    private final LongSupplier clock;
    private final Pace pace;
    private final Runnable onTick;
    private final Thread thread;

    // Any thread
    private final Agenda agenda = new Agenda();
    private final Semaphore places = new Semaphore(PLACES, true);
    private volatile boolean parked;
    private volatile boolean stopped;
    private volatile boolean ended;
    private final AtomicBoolean draining = new AtomicBoolean();

    // Written by the shard's thread, read by the watchdog
    private final AtomicReference<@Nullable Connection> writing = new AtomicReference<>();
    private final AtomicLong writes = new AtomicLong();

    // The shard's thread only
    private final Connections connections = new Connections();
    private final FrameBuffer frames = new FrameBuffer();
    private long now;

    /** How many turns the look at the connections has had that is under way, 0 if none is. */
    private int looks;

    Shard(int number, Pace pace, LongSupplier clock, Runnable onTick) {
        this.number = number;
        this.pace = pace;
        this.clock = clock;
        this.onTick = onTick;
        this.now = clock.getAsLong();
        thread = new Thread(this::run, "siaran-shard-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Does what is queued and one last task, then ends the thread. Whoever hands over a connection behind that task can see by
     * then that it is too late.
     */
    void stop(Runnable last) {
        stopped = true;
        execute(last);
    }

    /** Waits for the thread to end. */
    void join(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
    }

    /** Whether the thread has done all that it had to. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether new connections are too late. */
    boolean isStopped() {
        return stopped;
    }

    /** Hands over a task; tasks run in the order of this call. Once the thread has ended, the caller does them. */
    void execute(Runnable task) {
        agenda.add(task);
        attend();
    }

    /** Hands over work that may take several turns. Once the thread has ended, the caller does it. */
    void begin(Runnable work) {
        agenda.begin(work);
        attend();
    }

    /**
     * Hands over the beginning of a connection; waits for a place first, though not for long, if many have been handed over that have not begun.
     * Handshakes have many threads and the shard has one, which would get ever less of the processor, and hold ever more connections that have
     * long been left, if they came faster than it can let them in.
     */
    void letIn(Runnable beginning) {
        boolean placed = hasPlace();
        execute(() -> {
            if (placed) {
                places.release();
            }
            beginning.run();
        });
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(LONGEST_QUEUE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void attend() {
        if (ended) {
            drain();
        } else if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** The shard's place among the hub's. */
    int number() {
        return number;
    }

    /** Those that the shard owns. */
    Connections connections() {
        return connections;
    }

    /** For what is put together for one write; each takes what it has put there at once. The shard's own. */
    FrameBuffer frames() {
        return frames;
    }

    private void run() {
        loop();
        ended = true;
        drain();
    }

    /**
     * Does what is handed over after the end: one caller at a time, who takes the others' tasks along. Nobody waits here, for
     * callers may hold the lock of a connection that one of the tasks needs.
     */
    private void drain() {
        while (agenda.hasNew() && draining.compareAndSet(false, true)) {
            loop();
            draining.set(false);
        }
    }

    private void loop() {
        long nextTick = now + pace.tickNanos();
        while (true) {
            now = clock.getAsLong();
            Runnable task = agenda.next(now);
            if (task != null) {
                runSafely(task);
            } else if (stopped) {
                runLater();
                return;
            }
            runLater();
            if (now - nextTick >= 0) {
                nextTick = now + pace.tickNanos();
                tick();
            } else if (task == null && agenda.isIdle()) {
                park(agenda.untilDue(now, nextTick - now));
            }
        }
    }

    private void park(long nanos) {
        parked = true;
        if (!agenda.hasNew() && !stopped) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = false;
    }

    private void tick() {
        if (looks == 0) {
            runSafely(this::look);
        }
        runSafely(onTick);
    }

    /** One turn: after an event to all of them, many become silent at the same time, and are not to hold up the next event. */
    private void look() {
        boolean over = true;
        try {
            over = connections.tick(pace, now, this::isTurnOver);
        } finally {
            looks = over ? 0 : looks + 1;
        }
        if (!over) {
            goOn(this::look, looks);
        }
    }

    private void runLater() {
        Runnable task;
        while ((task = stopped ? agenda.nextLater() : agenda.nextDue(now)) != null) {
            runSafely(task);
        }
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // Whatever it is, the shard's other connections must not fall silent
            LOG.log(Level.ERROR, "A task of the fan-out failed; its connection may have to reconnect", e);
        }
    }

    /** The time of the current task. The shard's own. */
    long now() {
        return now;
    }

    /** The time now. */
    long time() {
        return clock.getAsLong();
    }

    /** Whether work is to let the others have their turn. The shard's own. */
    boolean isTurnOver() {
        return time() - now >= Agenda.TURN && !stopped;
    }

    /** Goes on with work that has had some turns. The shard's own. */
    void goOn(Runnable work, int turns) {
        agenda.goOn(work, turns, time());
    }

    /** A connection is about to be written. The shard's own. */
    void writing(Connection connection) {
        writes.lazySet(writes.getPlain() + 1);
        writing.lazySet(connection);
    }

    /** It has been written. The shard's own. */
    void written() {
        writing.lazySet(null);
    }

    /** The connection that is being written, null if there is none. Any thread. */
    @Nullable
    Connection current() {
        return writing.get();
    }

    /** How many times a connection has been written. Any thread. */
    long writes() {
        return writes.get();
    }

    /** Runs a task in a second, or when the shard stops. Any thread. */
    void later(Runnable task) {
        execute(() -> after(ABANDON_AFTER, task));
    }

    /** Runs a task after some time, or when the shard stops. The shard's own. */
    void after(long nanos, Runnable task) {
        agenda.keep(task, time() + nanos);
    }
}
