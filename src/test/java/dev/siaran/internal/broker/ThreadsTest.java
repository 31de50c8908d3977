package dev.siaran.internal.broker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ThreadsTest {

    private static final long LONG = 10_000;
    private static final int GENERATIONS = 50;

    private final Threads threads = new Threads("test", "2");
    private final List<Thread> all = Collections.synchronizedList(new ArrayList<>());

    @Test
    void thoseThatAreMadeAtTheEndOfOthersAreWaitedFor() throws InterruptedException {
        begin(GENERATIONS);

        threads.join(LONG);

        assertTrue(all.size() == GENERATIONS && all.stream().noneMatch(Thread::isAlive), all::toString);
    }

    private void begin(int generations) {
        Thread thread = threads.factory("role").newThread(() -> {
            if (generations > 1) {
                begin(generations - 1);
            }
        });
        all.add(thread);
        thread.start();
    }

    @Test
    void oneThatDoesNotEndIsWaitedForNoLongerThanAllowed() throws InterruptedException {
        var end = new CountDownLatch(1);
        Thread thread = threads.factory("role").newThread(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();

        threads.join(10);

        assertTrue(thread.isAlive());
        end.countDown();
        threads.join(LONG);
        assertFalse(thread.isAlive());
    }
}
