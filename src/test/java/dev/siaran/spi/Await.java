package dev.siaran.spi;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** Waits for what cannot call back. Public for the tests of other modules. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    /** Waits until a condition holds; fails after a minute. */
    public static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, PATIENCE, condition);
    }

    /** Waits until a condition holds, but no longer than this. */
    public static void until(String what, Duration patience, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                Assertions.fail("waited in vain: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Lets time pass, where it is time itself that makes the difference. */
    public static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** The value of a stage. */
    public static <T> T value(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The message of the exception with which a stage fails. */
    public static String failure(CompletionStage<?> stage) throws Exception {
        try {
            stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            return String.valueOf(e.getCause().getMessage());
        }
        return Assertions.fail("the stage did not fail");
    }
}
