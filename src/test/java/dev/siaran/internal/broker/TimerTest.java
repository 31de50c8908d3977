package dev.siaran.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.LogLines;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerTest {

    private final Timer timer = new Threads("redis", "test").timer("timer");

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aTaskThatFailsComesAgainAndIsLogged() throws InterruptedException {
        var calls = new CountDownLatch(3);
        try (var log = new LogLines()) {
            timer.scheduleWithFixedDelay(
                    () -> {
                        calls.countDown();
                        throw new IllegalStateException("broken");
                    },
                    1,
                    1,
                    TimeUnit.MILLISECONDS);

            assertTrue(calls.await(10, TimeUnit.SECONDS), "it has come again");
            assertEquals(
                    "SEVERE siaran-redis-test-timer: a task failed", log.all().get(0));
        }
    }

    @Test
    void aTaskThatFailsOnceIsLogged() throws Exception {
        try (var log = new LogLines()) {
            timer.execute(() -> {
                throw new IllegalStateException("broken");
            });
            timer.submit(() -> {}).get(10, TimeUnit.SECONDS);

            assertEquals(
                    "SEVERE siaran-redis-test-timer: a task failed", log.all().get(0));
        }
    }
}
