package dev.siaran.it.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what only asking can tell. */
public final class Await {

    private static final long BETWEEN_NANOS = Duration.ofMillis(25).toNanos();

    private Await() {}

    /**
     * Asks until the answer is right, and returns it.
     *
     * @throws AssertionError with the last answer if it is not right in time
     */
    public static <T> T until(String what, Duration limit, Supplier<T> question, Predicate<T> right) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (T answer = question.get(); ; answer = question.get()) {
            if (right.test(answer)) {
                return answer;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit + ": " + what + "; the last answer is " + answer);
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }
}
