package dev.siaran.redis;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a line at most once a minute, however often the cause occurs.
 *
 * <p>Safe for use by many threads.
 */
final class OncePerMinute {

    private static final System.Logger LOG = System.getLogger("dev.siaran.redis");
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Level level;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    OncePerMinute(Level level) {
        this.level = level;
    }

    void log(String line) {
        if (isDue()) {
            LOG.log(level, line);
        }
    }

    void log(String line, Throwable cause) {
        if (isDue()) {
            LOG.log(level, line, cause);
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + MINUTE);
    }
}
