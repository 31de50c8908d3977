package dev.siaran.internal.broker;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a line at most once a minute, however often the cause occurs.
 *
 * <p>Safe for use by many threads.
 */
public final class OncePerMinute {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final System.Logger log;
    private final Level level;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    public OncePerMinute(System.Logger log, Level level) {
        this.log = log;
        this.level = level;
    }

    public void log(String line) {
        if (isDue()) {
            log.log(level, line);
        }
    }

    public void log(String line, Throwable cause) {
        if (isDue()) {
            log.log(level, line, cause);
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + MINUTE);
    }
}
