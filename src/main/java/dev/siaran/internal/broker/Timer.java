package dev.siaran.internal.broker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * One thread that takes tasks and timers, and drops them after its shutdown. A task that fails is logged and comes again: what
 * looks after a connection must not end because of one.
 */
public final class Timer extends ScheduledThreadPoolExecutor {

    private static final Logger LOG = System.getLogger(Timer.class.getName());

    public Timer(ThreadFactory threads) {
        super(1, threads, new DiscardPolicy());
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(() -> runSafely(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(() -> runSafely(task), first, delay, unit);
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, Thread.currentThread().getName() + ": a task failed", e);
        }
    }
}
